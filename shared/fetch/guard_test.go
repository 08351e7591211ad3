package fetch

import (
	"net/netip"
	"testing"
)

func TestGuard(t *testing.T) {
	allowed := newGuard([]netip.Prefix{loopback}, []netip.Prefix{netip.MustParsePrefix("8.8.8.0/24"), netip.MustParsePrefix("127.0.0.0/31")})
	plain := newGuard(nil, nil)
	for _, c := range []struct {
		guard   *guard
		address string
		open    bool
	}{
		{plain, "93.184.215.14:443", true},
		{plain, "93.184.215.14:80", true},
		{plain, "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443", true},
		{plain, "93.184.215.14:22", false},
		{plain, "93.184.215.14:8080", false},
		{plain, "127.0.0.1:80", false},
		{plain, "127.8.8.8:80", false},
		{plain, "[::1]:80", false},
		{plain, "[::ffff:127.0.0.1]:80", false},
		{plain, "[64:ff9b::7f00:1]:80", false},
		{plain, "[2002:7f00:1::]:80", false},
		{plain, "10.1.2.3:80", false},
		{plain, "172.16.0.1:80", false},
		{plain, "192.168.1.1:443", false},
		{plain, "100.64.0.1:80", false},
		{plain, "169.254.169.254:80", false}, // the metadata services of clouds
		{plain, "[fd00:ec2::254]:80", false},
		{plain, "[fe80::1]:80", false},
		{plain, "224.0.0.1:80", false},
		{plain, "[ff02::1]:80", false},
		{plain, "255.255.255.255:80", false},
		{plain, "0.0.0.0:80", false},
		{plain, "[::]:80", false},
		{plain, "nonsense", false},
		{newGuard([]netip.Prefix{loopback}, nil), "127.0.0.1:41234", true},
		{newGuard([]netip.Prefix{loopback}, nil), "127.0.0.2:80", false},
		{allowed, "127.0.0.1:80", false}, // what is denied is denied
		{allowed, "8.8.8.8:443", false},
		{allowed, "[::ffff:8.8.8.8]:443", false},
		{allowed, "8.8.4.4:443", true},
	} {
		network := "tcp4"
		if c.address[0] == '[' {
			network = "tcp6"
		}
		if err := c.guard.control(network, c.address, nil); (err == nil) != c.open {
			t.Errorf("%s: %v, want open %v", c.address, err, c.open)
		}
	}
}
