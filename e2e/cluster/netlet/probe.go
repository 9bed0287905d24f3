// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// probe keeps whether a container is ready, by its readiness probe, from the node as kubelet does: what a policy does
// to probes shows. Probes by exec and gRPC count as passed, as do those of containers that nothing runs in.
func (container *container) probe(done <-chan struct{}) {
	probe := container.spec.ReadinessProbe
	if probe == nil {
		return
	}
	wait(time.Duration(probe.InitialDelaySeconds)*time.Second, done)
	period := time.Duration(max(probe.PeriodSeconds, 1)) * time.Second
	good, bad := int32(0), int32(0)
	for {
		select {
		case <-done:
			return
		case <-container.stop:
			return
		default:
		}
		if container.probeOnce(probe) {
			good, bad = good+1, 0
		} else {
			good, bad = 0, bad+1
		}
		if good >= max(probe.SuccessThreshold, 1) {
			container.setReady(true)
		}
		if bad >= max(probe.FailureThreshold, 1) {
			container.setReady(false)
		}
		// Until it is ready for the first time it is asked more often: tests wait for it.
		if good == 0 && bad < 20 {
			wait(min(period, 200*time.Millisecond), done)
		} else {
			wait(period, done)
		}
	}
}

func wait(duration time.Duration, done <-chan struct{}) {
	select {
	case <-time.After(duration):
	case <-done:
	}
}

func (container *container) probeOnce(probe *corev1.Probe) bool {
	worker := container.worker
	if commandOf(worker.node.config.Images, worker.pod(), &container.spec, worker.network, nil) == nil {
		return true
	}
	timeout := time.Duration(max(probe.TimeoutSeconds, 1)) * time.Second
	switch {
	case probe.HTTPGet != nil:
		return container.get(probe.HTTPGet, timeout)
	case probe.TCPSocket != nil:
		connection, err := container.dial(container.target(probe.TCPSocket.Host, probe.TCPSocket.Port), timeout)
		if err == nil {
			connection.Close()
		}
		return err == nil
	}
	return true
}

func (container *container) get(action *corev1.HTTPGetAction, timeout time.Duration) bool {
	target := container.target(action.Host, action.Port)
	scheme := "http"
	if action.Scheme == corev1.URISchemeHTTPS {
		scheme = "https"
	}
	transport := &http.Transport{
		DisableKeepAlives: true,
		// As kubelet, which cannot know who signed a pod's certificate.
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			return container.dial(target, timeout)
		},
	}
	client := http.Client{Transport: transport, Timeout: timeout}
	response, err := client.Get(fmt.Sprintf("%s://%s%s", scheme, target, action.Path))
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode >= 200 && response.StatusCode < 400
}

// dial opens a connection from the node.
func (container *container) dial(target string, timeout time.Duration) (net.Conn, error) {
	var connection net.Conn
	err := inNamespace(container.worker.node.entry.Namespace, func() error {
		var err error
		// A literal address is dialled on the calling goroutine's thread.
		connection, err = net.DialTimeout("tcp", target, timeout)
		return err
	})
	return connection, err
}

func (container *container) target(host string, port intstr.IntOrString) string {
	if host == "" {
		host = container.worker.network.addresses[0].String()
	}
	number := port.IntValue()
	if port.Type == intstr.String {
		for _, declared := range container.spec.Ports {
			if declared.Name == port.StrVal {
				number = int(declared.ContainerPort)
			}
		}
	}
	return net.JoinHostPort(host, fmt.Sprint(number))
}
