// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/exec"
	"syscall"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	corev1 "k8s.io/api/core/v1"
	utilexec "k8s.io/utils/exec"
)

// serve opens the kubelet's own API on the node, for logs and exec: to clients that the cluster's authority signed.
func (node *node) serve(ctx context.Context) error {
	pair, err := tls.X509KeyPair([]byte(node.entry.Certificate), []byte(node.entry.Key))
	if err != nil {
		return err
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM([]byte(node.config.Authority)) {
		return errors.New("no certificate of the authority")
	}
	handler := api.PodHandler(api.PodHandlerConfig{
		RunInContainer:        node.exec,
		GetContainerLogs:      node.logs,
		GetPods:               node.podList,
		GetPodsFromKubernetes: node.podList,
		StreamIdleTimeout:     time.Hour,
		StreamCreationTimeout: time.Minute,
	}, true)
	server := &http.Server{
		Handler: handler,
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients,
			MinVersion: tls.VersionTLS12,
		},
		ReadHeaderTimeout: 10 * time.Second,
	}
	for _, address := range node.entry.Addresses {
		var listener net.Listener
		err := inNamespace(node.entry.Namespace, func() error {
			listener, err = net.Listen("tcp", net.JoinHostPort(address.String(), fmt.Sprint(kubeletPort)))
			return err
		})
		if err != nil {
			return err
		}
		go func() {
			if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
				slog.Error("a kubelet serves no more", "node", node.entry.Name, "error", err.Error())
			}
		}()
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return nil
}

func (node *node) podList(context.Context) ([]*corev1.Pod, error) {
	node.mutex.Lock()
	defer node.mutex.Unlock()
	pods := []*corev1.Pod{}
	for _, worker := range node.workers {
		pods = append(pods, worker.pod())
	}
	return pods, nil
}

func (node *node) container(namespace, pod, name string) (*container, error) {
	worker := node.find(namespace, pod)
	if worker == nil {
		return nil, errdefs.NotFoundf("node %s has no pod %s/%s", node.entry.Name, namespace, pod)
	}
	container := worker.containerNamed(name)
	if container == nil {
		return nil, errdefs.NotFoundf("pod %s/%s has no container %s", namespace, pod, name)
	}
	return container, nil
}

// exec runs a command of the machine, or the image's program, where the container runs. There are no terminals.
func (node *node) exec(ctx context.Context, namespace, pod, name string, command []string, io api.AttachIO) error {
	container, err := node.container(namespace, pod, name)
	if err != nil {
		return err
	}
	if len(command) == 0 {
		return errdefs.InvalidInput("no command")
	}
	worker := container.worker
	command = asProgram(node.config.Images, container.spec.Image, command)
	process := exec.Command(command[0], command[1:]...)
	process.Env = container.environment()
	input, err := connect(process, io)
	if err != nil {
		return err
	}
	where := place{namespace: worker.network.namespace, hostname: worker.hostname(), enter: container.sameRoot()}
	if err := node.launcher.start(process, where); err != nil {
		return utilexec.CodeExitError{Err: err, Code: 127}
	}
	// Not process.Stdin: Wait would wait for the client to close its end.
	go input()
	stop := context.AfterFunc(ctx, func() { signalGroup(process.Process.Pid, syscall.SIGKILL) })
	defer stop()
	if code := exitCode(process, process.Wait()); code != 0 {
		return utilexec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: int(code)}
	}
	return nil
}

// connect gives a process the client's streams. @returns what copies its input
func connect(process *exec.Cmd, streams api.AttachIO) (func(), error) {
	if output := streams.Stdout(); output != nil {
		process.Stdout = output
	}
	if output := streams.Stderr(); output != nil {
		process.Stderr = output
	} else if streams.TTY() {
		process.Stderr = process.Stdout
	}
	source := streams.Stdin()
	if source == nil {
		return func() {}, nil
	}
	input, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	return func() {
		_, _ = io.Copy(input, source)
		_ = input.Close()
	}, nil
}
