// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
)

// Config is what the lab writes for the netlet.
type Config struct {
	// Prefix of the names of pods' namespaces: PREFIX + the pod's UID.
	Prefix     string `json:"prefix"`
	Kubeconfig string `json:"kubeconfig"`
	// Directory gets the containers' logs.
	Directory string `json:"directory"`
	// Ready is written once the nodes are being served.
	Ready string `json:"ready"`
	// Images are programs by the last part of an image's name: "agnhost" for registry.example/e2e/agnhost:2.
	Images map[string]Image `json:"images"`
	// Apiserver is what pods with volumes find in KUBERNETES_SERVICE_HOST and _PORT.
	Apiserver netip.AddrPort `json:"apiserver"`
	// Reuse gives the lowest free address at once; else addresses of a node go round before one comes again.
	Reuse bool `json:"reuse"`
	// Authority signs the clients that may use the kubelets' own API.
	Authority string      `json:"authority"`
	Nodes     []NodeEntry `json:"nodes"`
}

// Image is the program that stands for an image.
type Image struct {
	Command []string `json:"command"`
	// Volumes gives its containers a file system with the pod's volumes in it; without, they see the machine's.
	Volumes bool `json:"volumes"`
}

// NodeEntry is a node of the lab.
type NodeEntry struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Wiring    string            `json:"wiring"`
	Addresses []netip.Addr      `json:"addresses"`
	PodCIDRs  []netip.Prefix    `json:"podCidrs"`
	Gateways  []netip.Prefix    `json:"gateways"`
	Labels    map[string]string `json:"labels"`
	// Pins is what hostPath /sys/fs/bpf is on this node: nodes of a lab share the machine's.
	Pins        string `json:"pins"`
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

func readConfig(path string) (*Config, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var config Config
	if err := json.Unmarshal(content, &config); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, node := range config.Nodes {
		if node.Wiring != "p2p" && node.Wiring != "bridge" {
			return nil, fmt.Errorf("%s: node %s: wiring %q is not p2p or bridge", path, node.Name, node.Wiring)
		}
		if len(node.Addresses) == 0 || len(node.PodCIDRs) == 0 {
			return nil, fmt.Errorf("%s: node %s has no addresses or no podCidrs", path, node.Name)
		}
	}
	return &config, nil
}
