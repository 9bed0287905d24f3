// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

const (
	kubeletPort   = 10250
	leaseSeconds  = 40
	renewPause    = 10 * time.Second
	statusPause   = 60 * time.Second
	leaseFolder   = corev1.NamespaceNodeLease
	kubeletAnswer = "netlet is posting ready status"
)

// node is the kubelet of one node.
type node struct {
	config   *Config
	entry    NodeEntry
	client   kubernetes.Interface
	launcher *launcher
	network  *nodeNetwork

	mutex   sync.Mutex
	workers map[types.UID]*podWorker
}

func newNode(config *Config, entry NodeEntry, client kubernetes.Interface, launcher *launcher) (*node, error) {
	network, err := newNodeNetwork(config, entry)
	if err != nil {
		return nil, fmt.Errorf("node %s: %w", entry.Name, err)
	}
	return &node{
		config: config, entry: entry, client: client, launcher: launcher, network: network,
		workers: map[types.UID]*podWorker{},
	}, nil
}

// run serves the node until the context ends.
func (node *node) run(ctx context.Context) error {
	if err := node.serve(ctx); err != nil {
		return fmt.Errorf("node %s: %w", node.entry.Name, err)
	}
	node.keep(ctx, "register", retryPause, 0, node.register)
	go node.keep(ctx, "renew the lease of", retryPause, renewPause, node.renew)
	go node.keep(ctx, "write the status of", retryPause, statusPause, node.writeStatus)
	node.watchPods(ctx)
	return nil
}

// keep does something again and again, sooner where it fails; once where pause is 0.
func (node *node) keep(ctx context.Context, what string, retry, pause time.Duration, do func(context.Context) error) {
	for ctx.Err() == nil {
		next := pause
		err := do(ctx)
		if err == nil && pause == 0 {
			return
		}
		if err != nil && ctx.Err() == nil {
			slog.Warn("cannot "+what+" a node", "node", node.entry.Name, "error", err.Error())
			next = retry
		}
		select {
		case <-time.After(next):
		case <-ctx.Done():
		}
	}
}

func (node *node) register(ctx context.Context) error {
	labels := map[string]string{
		"kubernetes.io/hostname": node.entry.Name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
	}
	for name, value := range node.entry.Labels {
		labels[name] = value
	}
	blocks := prefixTexts(node.entry.PodCIDRs)
	_, err := node.client.CoreV1().Nodes().Create(ctx, &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: node.entry.Name, Labels: labels},
		Spec:       corev1.NodeSpec{PodCIDR: blocks[0], PodCIDRs: blocks},
		Status:     node.status(),
	}, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return node.writeStatus(ctx)
	}
	return err
}

func (node *node) writeStatus(ctx context.Context) error {
	current, err := node.client.CoreV1().Nodes().Get(ctx, node.entry.Name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	wanted := node.status()
	for index, condition := range wanted.Conditions {
		for _, former := range current.Status.Conditions {
			if former.Type == condition.Type && former.Status == condition.Status {
				wanted.Conditions[index].LastTransitionTime = former.LastTransitionTime
			}
		}
	}
	patch, err := json.Marshal(map[string]any{"status": wanted})
	if err != nil {
		return err
	}
	// A patch, since controllers write nodes too.
	_, err = node.client.CoreV1().Nodes().
		Patch(ctx, node.entry.Name, types.MergePatchType, patch, metav1.PatchOptions{}, "status")
	return err
}

func (node *node) status() corev1.NodeStatus {
	now := metav1.Now()
	condition := func(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason string) corev1.NodeCondition {
		return corev1.NodeCondition{
			Type: kind, Status: status, Reason: reason, Message: kubeletAnswer,
			LastHeartbeatTime: now, LastTransitionTime: now,
		}
	}
	addresses := []corev1.NodeAddress{}
	for _, address := range node.entry.Addresses {
		addresses = append(addresses, corev1.NodeAddress{Type: corev1.NodeInternalIP, Address: address.String()})
	}
	addresses = append(addresses, corev1.NodeAddress{Type: corev1.NodeHostName, Address: node.entry.Name})
	capacity := corev1.ResourceList{
		corev1.ResourceCPU:              resource.MustParse("64"),
		corev1.ResourceMemory:           resource.MustParse("256Gi"),
		corev1.ResourceEphemeralStorage: resource.MustParse("1Ti"),
		corev1.ResourcePods:             resource.MustParse("1000"),
	}
	return corev1.NodeStatus{
		Capacity:    capacity,
		Allocatable: capacity,
		Addresses:   addresses,
		Conditions: []corev1.NodeCondition{
			condition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "KubeletHasSufficientMemory"),
			condition(corev1.NodeDiskPressure, corev1.ConditionFalse, "KubeletHasNoDiskPressure"),
			condition(corev1.NodePIDPressure, corev1.ConditionFalse, "KubeletHasSufficientPID"),
			condition(corev1.NodeReady, corev1.ConditionTrue, "KubeletReady"),
		},
		DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: kubeletPort}},
		NodeInfo: corev1.NodeSystemInfo{
			OperatingSystem: "linux", Architecture: "amd64", KubeletVersion: "v1.37.2-netlet",
			ContainerRuntimeVersion: "netlet://1",
		},
	}
}

func (node *node) renew(ctx context.Context) error {
	leases := node.client.CoordinationV1().Leases(leaseFolder)
	now := metav1.NewMicroTime(time.Now())
	lease, err := leases.Get(ctx, node.entry.Name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		seconds := int32(leaseSeconds)
		_, err = leases.Create(ctx, &coordinationv1.Lease{
			ObjectMeta: metav1.ObjectMeta{Name: node.entry.Name, Namespace: leaseFolder},
			Spec: coordinationv1.LeaseSpec{
				HolderIdentity: &node.entry.Name, LeaseDurationSeconds: &seconds, RenewTime: &now,
			},
		}, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec.RenewTime = &now
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

// watchPods follows the pods that are bound to the node.
func (node *node) watchPods(ctx context.Context) {
	selector := fields.OneTermEqualSelector("spec.nodeName", node.entry.Name).String()
	pods := cache.NewFilteredListWatchFromClient(node.client.CoreV1().RESTClient(), "pods", corev1.NamespaceAll,
		func(options *metav1.ListOptions) { options.FieldSelector = selector })
	_, informer := cache.NewInformerWithOptions(cache.InformerOptions{
		ListerWatcher: pods,
		ObjectType:    &corev1.Pod{},
		Handler: cache.ResourceEventHandlerFuncs{
			AddFunc:    func(object any) { node.see(ctx, object.(*corev1.Pod)) },
			UpdateFunc: func(_, object any) { node.see(ctx, object.(*corev1.Pod)) },
			DeleteFunc: func(object any) {
				if last, ok := object.(cache.DeletedFinalStateUnknown); ok {
					object = last.Obj
				}
				if pod, ok := object.(*corev1.Pod); ok {
					node.forget(pod.UID)
				}
			},
		},
	})
	informer.Run(ctx.Done())
}

// see may be told of another pod of the same name without the former one's end.
func (node *node) see(ctx context.Context, pod *corev1.Pod) {
	node.mutex.Lock()
	defer node.mutex.Unlock()
	for uid, worker := range node.workers {
		known := worker.pod()
		if uid != pod.UID && known.Namespace == pod.Namespace && known.Name == pod.Name {
			worker.vanish()
		}
	}
	if worker, ok := node.workers[pod.UID]; ok {
		worker.update(pod)
		return
	}
	worker := newPodWorker(node, pod)
	node.workers[pod.UID] = worker
	go func() {
		worker.run(ctx)
		node.mutex.Lock()
		defer node.mutex.Unlock()
		delete(node.workers, pod.UID)
	}()
}

func (node *node) forget(uid types.UID) {
	node.mutex.Lock()
	defer node.mutex.Unlock()
	if worker, ok := node.workers[uid]; ok {
		worker.vanish()
	}
}

// find is nil where the node has no such pod. Of two of one name the younger counts.
func (node *node) find(namespace, name string) *podWorker {
	node.mutex.Lock()
	defer node.mutex.Unlock()
	var found *podWorker
	for _, worker := range node.workers {
		pod := worker.pod()
		if pod.Namespace != namespace || pod.Name != name {
			continue
		}
		if found == nil || worker.began.After(found.began) {
			found = worker
		}
	}
	return found
}

func prefixTexts(blocks []netip.Prefix) []string {
	list := make([]string, len(blocks))
	for index, block := range blocks {
		list[index] = block.String()
	}
	return list
}
