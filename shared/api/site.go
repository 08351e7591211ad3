package api

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// hostName is what a Host header may be that links are made of: a name or an address, and a port.
var hostName = regexp.MustCompile(`^([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$`)

// SiteOf gives the address under which the service is reached, without a slash at its end: the configured one, else that of the
// request: its Host, by https unless it came to this machine itself. A Host that is none makes "", so that links are relative.
func (d Deps) SiteOf(r *http.Request) string {
	if d.Site != "" {
		return strings.TrimSuffix(d.Site, "/")
	}
	if !hostName.MatchString(r.Host) {
		return ""
	}
	scheme := "https"
	if loopback(r.Host) {
		scheme = "http"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String()
}

// loopback reports whether a Host is this machine's own.
func loopback(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	address, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return name == "localhost" || err == nil && address.IsLoopback()
}
