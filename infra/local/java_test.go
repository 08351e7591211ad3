package local

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The engine answers on loopback and where it is asked to, and at no other address of this machine.
func TestAddresses(t *testing.T) {
	installed(t)
	var asked, others []netip.Addr
	for i, a := range machineAddresses(t) {
		if i%2 == 0 {
			asked = append(asked, a)
		} else {
			others = append(others, a)
		}
	}
	if len(others) == 0 {
		t.Skip("this machine has no addresses to tell apart")
	}
	client := &http.Client{Transport: &http.Transport{}} // no Proxy
	for _, asked := range [][]netip.Addr{nil, asked} {
		t.Run(fmt.Sprint(asked), func(t *testing.T) {
			e, err := Start(t.Context(), Options{Addresses: asked})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Stop()
			port := netip.MustParseAddrPort(strings.TrimPrefix(e.URL(), "http://")).Port()
			for _, a := range slices.Concat([]netip.Addr{loopback}, asked, others) {
				got := answers(t.Context(), client, "http://"+netip.AddrPortFrom(a, port).String())
				if want := a == loopback || slices.Contains(asked, a); got != want {
					t.Errorf("at %v it answers: %v, want %v (true everywhere: is this Java a JDK?)", a, got, want)
				}
			}
		})
	}
}

// machineAddresses are those at which this machine can listen beside 127.0.0.1. Linux has all of 127.0.0.0/8.
func machineAddresses(t *testing.T) []netip.Addr {
	t.Helper()
	candidates := []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("127.0.0.3"), netip.IPv6Loopback()}
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range interfaces {
		if p, err := netip.ParsePrefix(i.String()); err == nil {
			candidates = append(candidates, p.Addr())
		}
	}
	var usable []netip.Addr
	for _, a := range candidates {
		if l, err := net.Listen("tcp", netip.AddrPortFrom(a, 0).String()); err == nil {
			l.Close()
			if a != loopback && !slices.Contains(usable, a) {
				usable = append(usable, a)
			}
		}
	}
	return usable
}

// No machine has an address of 240.0.0.0/4 (RFC 1112).
func TestForeignAddress(t *testing.T) {
	e, err := Start(t.Context(), Options{Addresses: []netip.Addr{netip.MustParseAddr("240.0.0.1")}})
	if err == nil {
		e.Stop()
		t.Fatal("it runs")
	}
	if !strings.Contains(err.Error(), "240.0.0.1") {
		t.Errorf("the error does not name the address: %v", err)
	}
}

// A Java compiles the launcher at the first start only; one without a compiler runs the jar, and the log warns of it.
func TestLauncherCompiled(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const compiles, cannot = `/bin/touch "${source%java}class"`, `echo 'Module jdk.compiler not found' >&2; exit 1`
	for _, tt := range []struct {
		name, compiler string
		compilations   int    // of two starts
		run            string // a part of how the engine is run
		warning        string
	}{
		{"a JDK", compiles, 1, ".jar Launcher 127.0.0.1 -port ", ""},
		{"no compiler", cannot, 2, "DynamoDBLocal.jar -port ", "Module jdk.compiler not found"},
		{"a compiler that makes nothing", ":", 2, "DynamoDBLocal.jar -port ", "Launcher.class"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			freshCache(t)
			bin := commands(t, map[string]string{"npm": npmScript, "java": `
				case "$*" in *-version*) echo 'openjdk version "17.0.1"' >&2; exit;; esac
				echo "$*" >> "$0.runs"
				case "$*" in *" -m jdk.compiler"*) for source; do :; done; ` + tt.compiler + `; exit;; esac
				while [ "$1" != -port ]; do shift; done
				` + roleVariable + `=engine exec ` + self + ` "$2"`})
			var log bytes.Buffer
			for range 2 {
				e, err := Start(t.Context(), Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
				if err != nil {
					t.Fatal(err)
				}
				if err := e.Stop(); err != nil {
					t.Error(err)
				}
			}
			runs := lines(t, filepath.Join(bin, "java.runs"))
			if len(runs) != 2+tt.compilations || !strings.Contains(runs[len(runs)-1], tt.run) {
				t.Errorf("want %d compilations, then %q; java was run so: %q", tt.compilations, tt.run, runs)
			}
			warned := strings.Contains(log.String(), "every network interface") && strings.Contains(log.String(), tt.warning)
			if warned != (tt.warning != "") {
				t.Errorf("the log: %s", &log)
			}
		})
	}
}
