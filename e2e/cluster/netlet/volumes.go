// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	// refreshPause is shorter than kubelet's minute: tests wait for it.
	refreshPause = 2 * time.Second
	bpfFolder    = "/sys/fs/bpf"
)

// usesVolumes is whether any container's program shall find the pod's volumes.
func (worker *podWorker) usesVolumes() bool {
	for _, container := range worker.pod().Spec.Containers {
		if worker.node.imageOf(&container).Volumes {
			return true
		}
	}
	return false
}

func (node *node) imageOf(container *corev1.Container) Image {
	return node.config.Images[imageName(container.Image)]
}

// fillVolumes writes the pod's volumes, again and again while something that they show is not there, and keeps them
// up to date until the containers end. @returns false when the pod leaves
func (worker *podWorker) fillVolumes(ctx context.Context) bool {
	if !worker.usesVolumes() {
		return true
	}
	tokens := map[string]time.Time{}
	for ctx.Err() == nil && !worker.leaving() {
		err := worker.writeVolumes(ctx, tokens)
		if err == nil {
			go worker.refreshVolumes(ctx, tokens)
			return true
		}
		slog.Warn("cannot fill the volumes of a pod", "pod", worker.name(), "error", err.Error())
		worker.pauseOrWake(ctx)
	}
	return false
}

func (worker *podWorker) refreshVolumes(ctx context.Context, tokens map[string]time.Time) {
	for {
		select {
		case <-time.After(refreshPause):
		case <-worker.allDone:
			return
		case <-ctx.Done():
			return
		}
		if err := worker.writeVolumes(ctx, tokens); err != nil {
			slog.Warn("cannot refresh the volumes of a pod", "pod", worker.name(), "error", err.Error())
		}
	}
}

func (worker *podWorker) volumeFolder(name string) string {
	return filepath.Join(worker.node.config.Directory, string(worker.uid), "volumes", name)
}

// writeVolumes keeps in tokens when each is due to be renewed.
func (worker *podWorker) writeVolumes(ctx context.Context, tokens map[string]time.Time) error {
	for _, volume := range worker.pod().Spec.Volumes {
		if volume.HostPath != nil {
			continue
		}
		folder := worker.volumeFolder(volume.Name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := worker.writeVolume(ctx, folder, volume, tokens); err != nil {
			return fmt.Errorf("volume %s: %w", volume.Name, err)
		}
	}
	return nil
}

func (worker *podWorker) writeVolume(
	ctx context.Context, folder string, volume corev1.Volume, tokens map[string]time.Time,
) error {
	switch {
	case volume.Projected != nil:
		for _, source := range volume.Projected.Sources {
			if err := worker.writeProjection(ctx, folder, source, tokens); err != nil {
				return err
			}
		}
		return nil
	case volume.ConfigMap != nil:
		source := volume.ConfigMap
		return worker.writeConfigMap(ctx, folder, source.Name, source.Items, source.Optional)
	case volume.Secret != nil:
		source := volume.Secret
		return worker.writeSecret(ctx, folder, source.SecretName, source.Items, source.Optional)
	case volume.DownwardAPI != nil:
		return worker.writeFields(folder, volume.DownwardAPI.Items)
	case volume.EmptyDir != nil:
		return nil
	}
	return errors.New("netlet knows no volumes of this kind")
}

func (worker *podWorker) writeProjection(
	ctx context.Context, folder string, source corev1.VolumeProjection, tokens map[string]time.Time,
) error {
	switch {
	case source.ServiceAccountToken != nil:
		return worker.writeToken(ctx, folder, source.ServiceAccountToken, tokens)
	case source.ConfigMap != nil:
		return worker.writeConfigMap(ctx, folder, source.ConfigMap.Name, source.ConfigMap.Items, source.ConfigMap.Optional)
	case source.Secret != nil:
		return worker.writeSecret(ctx, folder, source.Secret.Name, source.Secret.Items, source.Secret.Optional)
	case source.DownwardAPI != nil:
		return worker.writeFields(folder, source.DownwardAPI.Items)
	}
	return errors.New("netlet knows no projections of this kind")
}

func (worker *podWorker) writeToken(
	ctx context.Context, folder string, source *corev1.ServiceAccountTokenProjection, tokens map[string]time.Time,
) error {
	path := filepath.Join(folder, source.Path)
	if time.Now().Before(tokens[path]) {
		return nil
	}
	pod := worker.pod()
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		ExpirationSeconds: source.ExpirationSeconds,
		BoundObjectRef: &authenticationv1.BoundObjectReference{
			Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID,
		},
	}}
	if source.Audience != "" {
		request.Spec.Audiences = []string{source.Audience}
	}
	answer, err := worker.node.client.CoreV1().ServiceAccounts(pod.Namespace).
		CreateToken(ctx, pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if err := replaceFile(path, []byte(answer.Status.Token)); err != nil {
		return err
	}
	// As kubelet: when four fifths of its life are over.
	tokens[path] = time.Now().Add(time.Until(answer.Status.ExpirationTimestamp.Time) * 4 / 5)
	return nil
}

func (worker *podWorker) writeConfigMap(
	ctx context.Context, folder, name string, items []corev1.KeyToPath, optional *bool,
) error {
	object, err := worker.node.client.CoreV1().ConfigMaps(worker.pod().Namespace).Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	if err != nil {
		return err
	}
	data := object.BinaryData
	if data == nil {
		data = map[string][]byte{}
	}
	for key, value := range object.Data {
		data[key] = []byte(value)
	}
	return writeItems(folder, data, items)
}

func (worker *podWorker) writeSecret(
	ctx context.Context, folder, name string, items []corev1.KeyToPath, optional *bool,
) error {
	object, err := worker.node.client.CoreV1().Secrets(worker.pod().Namespace).Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	if err != nil {
		return err
	}
	return writeItems(folder, object.Data, items)
}

func (worker *podWorker) writeFields(folder string, items []corev1.DownwardAPIVolumeFile) error {
	for _, item := range items {
		if item.FieldRef == nil {
			continue
		}
		value := fieldOf(worker.pod(), item.FieldRef.FieldPath, worker.network)
		if err := replaceFile(filepath.Join(folder, item.Path), []byte(value)); err != nil {
			return err
		}
	}
	return nil
}

// writeItems writes the named keys, all where none is named.
func writeItems(folder string, data map[string][]byte, items []corev1.KeyToPath) error {
	if items == nil {
		for key := range data {
			items = append(items, corev1.KeyToPath{Key: key, Path: key})
		}
	}
	for _, item := range items {
		value, ok := data[item.Key]
		if !ok {
			return fmt.Errorf("no key %s", item.Key)
		}
		if err := replaceFile(filepath.Join(folder, item.Path), value); err != nil {
			return err
		}
	}
	return nil
}

// replaceFile leaves a file that has the content already alone: watchers would wake for nothing.
func replaceFile(path string, content []byte) error {
	if known, err := os.ReadFile(path); err == nil && string(known) == string(content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	fresh := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new")
	if err := os.WriteFile(fresh, content, 0o644); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}

// newRoot is how a container's process gets its file system; nil where it sees the machine's.
func (container *container) newRoot() func() error {
	worker := container.worker
	if !worker.node.imageOf(&container.spec).Volumes {
		return nil
	}
	return func() error {
		binds, err := container.binds()
		if err != nil {
			return err
		}
		return enterNewRoot(filepath.Join(container.directory, container.spec.Name+".root"), binds)
	}
}

// sameRoot is how a process that is run later gets the file system of the container.
func (container *container) sameRoot() func() error {
	if !container.worker.node.imageOf(&container.spec).Volumes {
		return nil
	}
	container.mutex.Lock()
	pid := container.pid
	container.mutex.Unlock()
	return func() error { return enterRootOf(pid) }
}

func (container *container) binds() ([]bind, error) {
	volumes := map[string]corev1.Volume{}
	for _, volume := range container.worker.pod().Spec.Volumes {
		volumes[volume.Name] = volume
	}
	var binds []bind
	for _, mount := range container.spec.VolumeMounts {
		source, err := container.worker.sourceOf(volumes[mount.Name])
		if err != nil {
			return nil, err
		}
		binds = append(binds, bind{
			source: filepath.Join(source, mount.SubPath), target: mount.MountPath, readOnly: mount.ReadOnly,
		})
	}
	return binds, nil
}

// sourceOf is where a volume is on the machine. Nodes have folders of their own in the place of the machine's, which
// they would share; only what the kernel shows by itself is the same for all.
func (worker *podWorker) sourceOf(volume corev1.Volume) (string, error) {
	if volume.HostPath == nil {
		return worker.volumeFolder(volume.Name), nil
	}
	path := filepath.Clean(volume.HostPath.Path)
	node := worker.node
	switch {
	case inside(path, bpfFolder):
		path = node.entry.Pins + strings.TrimPrefix(path, bpfFolder)
	case inside(path, "/proc"), inside(path, "/sys"), inside(path, "/dev"), inside(path, "/lib"), path == "/":
		return path, nil
	default:
		path = filepath.Join(node.config.Directory, "..", "nodes", node.entry.Name, path)
	}
	return path, os.MkdirAll(path, 0o755)
}

// environment of a container's processes.
func (container *container) environment() []string {
	worker := container.worker
	list := environment(worker.pod(), &container.spec, worker.network, worker.serviceLinks())
	if server := worker.node.config.Apiserver; worker.node.imageOf(&container.spec).Volumes {
		list = append(list, "KUBERNETES_SERVICE_HOST="+server.Addr().String(), fmt.Sprintf("KUBERNETES_SERVICE_PORT=%d", server.Port()))
	}
	return list
}
