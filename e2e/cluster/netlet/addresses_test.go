// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/netip"
	"testing"
)

func pool(reuse bool, blocks ...string) *addressPool {
	var prefixes []netip.Prefix
	for _, block := range blocks {
		prefixes = append(prefixes, netip.MustParsePrefix(block))
	}
	return newAddressPool(prefixes, nil, reuse)
}

func mustTake(t *testing.T, pool *addressPool) []netip.Addr {
	t.Helper()
	addresses, err := pool.take()
	if err != nil {
		t.Fatal(err)
	}
	return addresses
}

func TestPoolGivesOneAddressOfEachBlock(t *testing.T) {
	pool := pool(false, "10.0.0.0/24", "fd00::/64")
	if got := texts(mustTake(t, pool)); got[0] != "10.0.0.2" || got[1] != "fd00::2" {
		t.Errorf("first addresses are %v", got)
	}
}

func TestPoolGoesRoundBeforeAnAddressComesAgain(t *testing.T) {
	pool := pool(false, "10.0.0.0/29")
	first := mustTake(t, pool)
	pool.free(first)
	seen := map[netip.Addr]bool{}
	// 10.0.0.3 to .6, then .2: network, gateway and broadcast are never given.
	for range 5 {
		address := mustTake(t, pool)[0]
		if seen[address] {
			t.Errorf("%s came twice", address)
		}
		seen[address] = true
		if len(seen) < 5 && address == first[0] {
			t.Errorf("%s came again although others were free", address)
		}
	}
	if _, err := pool.take(); err == nil {
		t.Error("a full block gave an address")
	}
}

func TestPoolReusesAtOnceWhereAsked(t *testing.T) {
	pool := pool(true, "10.0.0.0/29")
	first := mustTake(t, pool)
	mustTake(t, pool)
	pool.free(first)
	if again := mustTake(t, pool); again[0] != first[0] {
		t.Errorf("%s came instead of the freed %s", again[0], first[0])
	}
}

func TestPoolGivesNothingBackHalf(t *testing.T) {
	pool := pool(true, "10.0.0.0/24", "fd00::/126")
	mustTake(t, pool)
	mustTake(t, pool)
	if _, err := pool.take(); err == nil {
		t.Fatal("a full block gave an address")
	}
	if pool.taken[netip.MustParseAddr("10.0.0.4")] {
		t.Error("the other block's address stayed taken")
	}
}
