// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/netip"
	"path/filepath"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
)

// Next hops of point-to-point pods: addresses that no one has (proxy ARP answers) and that every link has.
var (
	gateway4 = netip.MustParseAddr("169.254.1.1")
	gateway6 = netip.MustParseAddr("fe80::1")
)

const bridgeName = "cni0"

// podNetwork is where a pod's processes run.
type podNetwork struct {
	namespace string
	addresses []netip.Addr
	// host is the node's first address.
	host netip.Addr
	// veth is the node's end; empty for host-network pods, which have nothing of their own.
	veth string
}

// nodeNetwork makes and removes the networks of a node's pods, wired as the lab wires them.
type nodeNetwork struct {
	entry  NodeEntry
	prefix string
	pool   *addressPool
	node   *netlink.Handle
	bridge int
}

func newNodeNetwork(config *Config, entry NodeEntry) (*nodeNetwork, error) {
	network := &nodeNetwork{
		entry:  entry,
		prefix: config.Prefix,
		pool:   newAddressPool(entry.PodCIDRs, entry.Gateways, config.Reuse),
	}
	var err error
	if network.node, err = openHandle(entry.Namespace); err != nil {
		return nil, err
	}
	if entry.Wiring == "bridge" {
		bridge, err := network.node.LinkByName(bridgeName)
		if err != nil {
			return nil, err
		}
		network.bridge = bridge.Attrs().Index
	}
	return network, nil
}

// host is the network of the node itself.
func (network *nodeNetwork) host() *podNetwork {
	addresses := network.entry.Addresses
	return &podNetwork{namespace: network.entry.Namespace, addresses: addresses, host: addresses[0]}
}

// attach makes the network of a pod; what a failure leaves half made is removed again.
func (network *nodeNetwork) attach(uid string) (*podNetwork, error) {
	addresses, err := network.pool.take()
	if err != nil {
		return nil, err
	}
	pod := &podNetwork{
		namespace: network.prefix + uid, addresses: addresses, host: network.entry.Addresses[0], veth: vethName(uid),
	}
	if err := network.build(pod); err != nil {
		return nil, errors.Join(err, network.detach(pod))
	}
	return pod, nil
}

// detach frees the addresses only once nothing has them any more.
func (network *nodeNetwork) detach(pod *podNetwork) error {
	if pod.veth == "" {
		return nil
	}
	if link, err := network.node.LinkByName(pod.veth); err == nil {
		if err := network.node.LinkDel(link); err != nil {
			return err
		}
	}
	if err := removeNamespace(pod.namespace); err != nil {
		return err
	}
	network.pool.free(pod.addresses)
	return nil
}

func (network *nodeNetwork) build(pod *podNetwork) error {
	// A killed netlet's interface goes some time after its namespace.
	if link, err := network.node.LinkByName(pod.veth); err == nil {
		_ = network.node.LinkDel(link)
	}
	err := makeNamespace(pod.namespace, func() error {
		return writeSysctls(map[string]string{
			// No duplicate address detection, which would hold IPv6 addresses back for a second.
			"ipv6/conf/default/accept_dad": "0",
			"ipv6/conf/all/accept_dad":     "0",
			"ipv6/conf/default/accept_ra":  "0",
			// Neighbours learn at once that an address has come to another pod.
			"ipv4/conf/default/arp_notify":   "1",
			"ipv6/conf/default/ndisc_notify": "1",
		})
	})
	if err != nil {
		return err
	}
	if err := network.buildNodeEnd(pod); err != nil {
		return err
	}
	return network.buildPodEnd(pod)
}

func (network *nodeNetwork) buildNodeEnd(pod *podNetwork) error {
	target, err := netns.GetFromPath(filepath.Join(namespaceFolder, pod.namespace))
	if err != nil {
		return err
	}
	defer target.Close()
	attributes := netlink.NewLinkAttrs()
	attributes.Name = pod.veth
	veth := &netlink.Veth{LinkAttrs: attributes, PeerName: "eth0", PeerNamespace: netlink.NsFd(int(target))}
	if err := network.node.LinkAdd(veth); err != nil {
		return err
	}
	link, err := network.node.LinkByName(pod.veth)
	if err != nil {
		return err
	}
	if network.entry.Wiring == "bridge" {
		if err := network.node.LinkSetMasterByIndex(link, network.bridge); err != nil {
			return err
		}
		return network.node.LinkSetUp(link)
	}
	return network.routeToPod(pod, link)
}

// routeToPod is what point-to-point wiring has on the node: proxy ARP for the pod's gateway and a route a pod address.
func (network *nodeNetwork) routeToPod(pod *podNetwork, link netlink.Link) error {
	err := inNamespace(network.entry.Namespace, func() error {
		return writeSysctls(map[string]string{
			"ipv4/conf/" + pod.veth + "/proxy_arp": "1",
			// Without the random delay that would hold back the first packet.
			"ipv4/neigh/" + pod.veth + "/proxy_delay": "0",
		})
	})
	if err != nil {
		return err
	}
	if err := addAddress(network.node, link, netip.PrefixFrom(gateway6, 64)); err != nil {
		return err
	}
	if err := network.node.LinkSetUp(link); err != nil {
		return err
	}
	for _, address := range pod.addresses {
		route := &netlink.Route{LinkIndex: link.Attrs().Index, Scope: netlink.SCOPE_LINK, Dst: toNet(whole(address))}
		for _, own := range network.entry.Addresses {
			if own.Is4() == address.Is4() {
				route.Src = own.AsSlice()
				break
			}
		}
		if err := network.node.RouteReplace(route); err != nil {
			return err
		}
	}
	return nil
}

func (network *nodeNetwork) buildPodEnd(pod *podNetwork) error {
	handle, err := openHandle(pod.namespace)
	if err != nil {
		return err
	}
	defer handle.Close()
	loopback, err := handle.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := handle.LinkSetUp(loopback); err != nil {
		return err
	}
	link, err := handle.LinkByName("eth0")
	if err != nil {
		return err
	}
	for _, address := range pod.addresses {
		if err := addAddress(handle, link, network.onLink(address)); err != nil {
			return err
		}
	}
	if err := handle.LinkSetUp(link); err != nil {
		return err
	}
	for _, address := range pod.addresses {
		if err := addDefault(handle, link, network.gatewayOf(address)); err != nil {
			return err
		}
	}
	return nil
}

// onLink is a pod's address with what of its block is its neighbour: all of it on a bridge, else nothing.
func (network *nodeNetwork) onLink(address netip.Addr) netip.Prefix {
	for _, gateway := range network.entry.Gateways {
		if gateway.Contains(address) {
			return netip.PrefixFrom(address, gateway.Bits())
		}
	}
	return whole(address)
}

func (network *nodeNetwork) gatewayOf(address netip.Addr) netip.Addr {
	for _, gateway := range network.entry.Gateways {
		if gateway.Contains(address) {
			return gateway.Addr()
		}
	}
	if address.Is4() {
		return gateway4
	}
	return gateway6
}

func addDefault(handle *netlink.Handle, link netlink.Link, gateway netip.Addr) error {
	index := link.Attrs().Index
	if gateway == gateway4 {
		hop := &netlink.Route{LinkIndex: index, Scope: netlink.SCOPE_LINK, Dst: toNet(whole(gateway))}
		if err := handle.RouteReplace(hop); err != nil {
			return err
		}
	}
	all := net.IPNet{IP: net.IPv6zero, Mask: net.CIDRMask(0, 128)}
	if gateway.Is4() {
		all = net.IPNet{IP: net.IPv4zero, Mask: net.CIDRMask(0, 32)}
	}
	return handle.RouteReplace(&netlink.Route{LinkIndex: index, Dst: &all, Gw: gateway.AsSlice()})
}

func addAddress(handle *netlink.Handle, link netlink.Link, prefix netip.Prefix) error {
	address := &netlink.Addr{IPNet: toNet(prefix)}
	if prefix.Addr().Is6() {
		address.Flags = noDetection
	}
	return handle.AddrAdd(link, address)
}

// IFA_F_NODAD of linux/if_addr.h.
const noDetection = 0x02

func whole(address netip.Addr) netip.Prefix { return netip.PrefixFrom(address, address.BitLen()) }

func toNet(prefix netip.Prefix) *net.IPNet {
	length := prefix.Addr().BitLen()
	return &net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), length)}
}

func openHandle(namespace string) (*netlink.Handle, error) {
	target, err := netns.GetFromPath(filepath.Join(namespaceFolder, namespace))
	if err != nil {
		return nil, err
	}
	defer target.Close()
	return netlink.NewHandleAt(target)
}

// vethName has at most 15 bytes, so a hash stands for the pod, as in most CNI plugins.
func vethName(uid string) string {
	sum := sha256.Sum256([]byte(uid))
	return "veth" + hex.EncodeToString(sum[:4])
}
