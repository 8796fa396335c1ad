{{/* Name of the cluster. */}}
{{- define "replicated-mysql.name" -}}
{{ .Values.name | default .Release.Name }}
{{- end }}

{{/* clonePlugin or xtraBackup. */}}
{{- define "replicated-mysql.cloneMethod" -}}
{{ .Values.cloneMethod.name | default (ternary "xtraBackup" "clonePlugin" (not (empty .Values.images.xtrabackup))) }}
{{- end }}

{{/* The image of the server. */}}
{{- define "replicated-mysql.server" -}}
{{ .Values.images.server | default (printf "%smysql:%s" (include "replicated-mysql.registry" .) .Values.version) }}
{{- end }}

{{/* The image of XtraBackup. */}}
{{- define "replicated-mysql.xtrabackup" -}}
{{ .Values.images.xtrabackup | default (printf "%spercona/percona-xtrabackup:8.4" (include "replicated-mysql.registry" .)) }}
{{- end }}

{{- define "replicated-mysql.registry" -}}
{{ with .Values.images.registry }}{{ . }}/{{ end }}
{{- end }}

{{/* Elements of imagePullSecrets. */}}
{{- define "replicated-mysql.pullSecrets" -}}
{{- range .Values.images.pullSecrets }}
- name: {{ quote . }}
{{- end }}
{{- end }}

{{/* Name of the Secret with the passwords. */}}
{{- define "replicated-mysql.secretName" -}}
{{ .Values.credentials.secretName | default (include "replicated-mysql.name" .) }}
{{- end }}

{{/* The clients that the NetworkPolicy admits to the server; nothing if it admits nobody. */}}
{{- define "replicated-mysql.clients" -}}
{{- if kindIs "invalid" .Values.network.clients }}
- podSelector: {}
{{- $ranges := list }}
{{- range list .Values.services.primary.exposure .Values.services.read.exposure }}
{{- $ranges = concat $ranges (.sourceRanges | default list) }}
{{- end }}
{{- range uniq $ranges }}
- ipBlock:
    cidr: {{ quote . }}
{{- end }}
{{- end }}
{{- range .Values.network.clients }}
{{- if not .ports }}
- {{- include "replicated-mysql.side" . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* Rules of clients that have ports of their own. */}}
{{- define "replicated-mysql.clientRules" -}}
{{- range .Values.network.clients }}
{{- if .ports }}
- from:
    - {{- include "replicated-mysql.side" . | nindent 6 }}
  ports: {{- include "replicated-mysql.ports" .ports | nindent 4 }}
{{- end }}
{{- end }}
{{- end }}

{{/* Rules of what instances connect to beyond what they need. An added container may need everything. */}}
{{- define "replicated-mysql.egressRules" -}}
{{- range .Values.network.egress }}
{{- if .anywhere }}
- {{ with .ports }}ports: {{- include "replicated-mysql.ports" . | nindent 4 }}{{ else }}{}{{ end }}
{{- else }}
- to:
    - {{- include "replicated-mysql.side" . | nindent 6 }}
  {{- with .ports }}
  ports: {{- include "replicated-mysql.ports" . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
{{- if and (kindIs "invalid" .Values.network.egress) (or .Values.extras.containers .Values.extras.initContainers) }}
- {}
{{- end }}
{{- end }}

{{/* The other side of a connection. */}}
{{- define "replicated-mysql.side" -}}
{{- if .cidr }}
ipBlock:
  cidr: {{ quote .cidr }}
  {{- with .except }}
  except: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- else }}
{{- $namespaces := .namespaceLabels }}
{{- with .namespace }}
{{- $namespaces = dict "kubernetes.io/metadata.name" . }}
{{- end }}
{{- if not (kindIs "invalid" $namespaces) }}
namespaceSelector: {{ ternary (dict "matchLabels" $namespaces) dict (not (empty $namespaces)) | toJson }}
{{- end }}
{{- if or .labels (kindIs "invalid" $namespaces) }}
podSelector: {{ ternary (dict "matchLabels" .labels) dict (not (empty .labels)) | toJson }}
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.ports" -}}
{{- range . }}
- { protocol: TCP, port: {{ . | int64 }} }
{{- end }}
{{- end }}

{{/* Names of the pods. */}}
{{- define "replicated-mysql.pods" -}}
{{- $name := include "replicated-mysql.name" . }}
{{- range until (int .Values.replicas) }}
- {{ $name }}-{{ . }}
{{- end }}
{{- end }}

{{/* Resources of the containers of a group: (list . GROUP). By default, a sidecar has the memory that clones need. */}}
{{- define "replicated-mysql.resources" -}}
{{- $root := first . }}
{{- $group := last . }}
{{- $memory := ternary "256Mi" "400Mi" (eq (include "replicated-mysql.cloneMethod" $root) "xtraBackup") }}
{{- range $kind, $amounts := index $root.Values.resources $group }}
{{- $given := eq $kind "requests" | and (eq $group "xtrabackup") | ternary (dict "memory" $memory) dict }}
{{- range $name, $amount := $amounts }}
{{- if $amount }}{{ $_ := set $given $name $amount }}{{ end }}
{{- end }}
{{- with $given }}
{{ $kind }}: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* A size such as 10Gi, in MiB. */}}
{{- define "replicated-mysql.mebibytes" -}}
{{ mul (regexFind "^[0-9]+" .) (get (dict "M" 1 "G" 1024 "T" 1048576) (regexFind "[MGT]" .)) }}
{{- end }}
