// SPDX-License-Identifier: Apache-2.0

// Netlet plays kubelet for nodes that are network namespaces of one machine: it registers them, gives every pod that
// is bound to one a namespace with addresses of the node's blocks, runs the programs that stand for known images in
// it, keeps the pods' status, and serves logs and exec. Other images run as nothing, for ever.
package main

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	path := flag.String("config", "", "file with the configuration in JSON")
	flag.Parse()
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *path); err != nil {
		slog.Error("netlet ends", "error", err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, path string) error {
	config, err := readConfig(path)
	if err != nil {
		return err
	}
	rest, err := clientcmd.BuildConfigFromFlags("", config.Kubeconfig)
	if err != nil {
		return err
	}
	// Many kubelets in one must not be slowed down as one.
	rest.QPS, rest.Burst = 1000, 2000
	client, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return err
	}
	if err := removeLeftovers(config.Prefix); err != nil {
		return err
	}
	launcher, err := startLauncher()
	if err != nil {
		return err
	}
	failed := make(chan error, len(config.Nodes))
	for _, entry := range config.Nodes {
		node, err := newNode(config, entry, client, launcher)
		if err != nil {
			return err
		}
		go func() { failed <- node.run(ctx) }()
	}
	if err := os.WriteFile(config.Ready, nil, 0o600); err != nil {
		return err
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}
