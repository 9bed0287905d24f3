{{- /*
SPDX-License-Identifier: Apache-2.0

Who else has the CRD of that name in the cluster; empty where nobody has, or this release. Without a cluster, as in
`helm template` and in Argo CD, it is always empty.
*/ -}}
{{- define "weir-crds.others" -}}
{{- $root := index . 0 -}}
{{- $found := lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" (index . 1) -}}
{{- if $found -}}
{{- $owner := get ($found.metadata.annotations | default dict) "meta.helm.sh/release-name" -}}
{{- $namespace := get ($found.metadata.annotations | default dict) "meta.helm.sh/release-namespace" -}}
{{- if or (ne $owner $root.Release.Name) (ne $namespace $root.Release.Namespace) -}}
{{- $owner | default "not made by Helm" -}}
{{- end -}}
{{- end -}}
{{- end -}}
