package fetch

import (
	"fmt"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// guard decides which addresses may be dialled: those of the public internet, on the web's two ports.
type guard struct {
	allow, deny []netip.Prefix
	public      *ssrf.Guardian // denies the IANA special-purpose registries (RFC 6890) and what is not global unicast
}

func newGuard(allow, deny []netip.Prefix) *guard { return &guard{allow, deny, ssrf.New()} }

// control is a net.Dialer's Control: it sees the address that is about to be dialled, after any name was looked up.
func (g *guard) control(network, address string, c syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%q is no address to dial: %w", address, err)
	}
	for _, p := range g.deny {
		if p.Contains(to.Addr().Unmap()) {
			return fmt.Errorf("the address %s is denied", to.Addr())
		}
	}
	for _, p := range g.allow {
		if p.Contains(to.Addr()) {
			return nil
		}
	}
	return g.public.Safe(network, address, c)
}
