{{/* A line for each rule that the values violate; the rules are those of lib/rules, the remedies are in terms of values. */}}
{{- define "replicated-mysql.violations" }}
{{- $name := include "replicated-mysql.name" . }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
name: "{{ $name }}" is not a valid name of a Service. Use lower-case letters, digits and "-", starting with a letter, for example "mysql"
{{- end }}
{{- if gt (len $name) 52 }}
name: "{{ $name }}" has {{ len $name }} characters, too many for the names and labels of its pods. Use at most 52
{{- end }}
{{- $highest := sub 4294967296 (int64 .Values.replicas) }}
{{- if gt (int64 .Values.serverIdBase) $highest }}
serverIdBase: {{ .Values.serverIdBase | int64 }} plus an ordinal is not a server-id. Use a whole number from 1 to {{ $highest }}
{{- end }}
{{- include "replicated-mysql.violations.cloning" . }}
{{- include "replicated-mysql.violations.images" . }}
{{- include "replicated-mysql.violations.storage" . }}
{{- range $group := list "mysql" "xtrabackup" }}
{{- include "replicated-mysql.violations.resources" (list $ $group) }}
{{- end }}
{{- include "replicated-mysql.violations.settings" . }}
{{- include "replicated-mysql.violations.tls" . }}
{{- include "replicated-mysql.violations.users" . }}
{{- include "replicated-mysql.violations.sql" . }}
{{- include "replicated-mysql.violations.metadata" . }}
{{- include "replicated-mysql.violations.extras" . }}
{{- include "replicated-mysql.violations.network" . }}
{{- if and (not .Values.disruption.budget) (ne (int64 .Values.disruption.maxUnavailable) 1) }}
disruption.maxUnavailable: {{ .Values.disruption.maxUnavailable }} has no effect with disruption.budget: false. Leave out one of the two
{{- end }}
{{- if and (eq (int64 .Values.replicas) 1) (eq .Values.reads.from "replicas") (not .Values.reads.fallBackToPrimary) }}
reads.from: replicas: 1 leaves no replica to read from. Use more replicas, or set fallBackToPrimary to true
{{- end }}
{{- range $service, $_ := .Values.services }}
{{- include "replicated-mysql.violations.service" (list $ $service) }}
{{- end }}
{{- with .Values.services.primary.exposure.nodePort }}
{{- if eq (int64 .) (int64 $.Values.services.read.exposure.nodePort) }}
services.read.exposure: nodePort {{ . | int64 }} is also that of services.primary. Use another one
{{- end }}
{{- end }}
{{- with .Values.termination }}
{{- if lt (int64 .gracePeriod) (add .preStop 20) }}
termination.gracePeriod: {{ .gracePeriod }} s leaves less than 20 s for a clean shutdown after termination.preStop ({{ .preStop }} s). Use at least {{ add .preStop 20 }} s
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.cloning" }}
{{- $method := include "replicated-mysql.cloneMethod" . }}
{{- if and (eq $method "xtraBackup") (hasPrefix "9.7" .Values.version) (not .Values.images.xtrabackup) }}
cloneMethod: there is no XtraBackup for MySQL {{ .Values.version }}. Use clonePlugin, or set images.xtrabackup
{{- end }}
{{- with .Values.cloneMethod.maxBandwidth }}
{{- if and (eq $method "xtraBackup") (mod (include "replicated-mysql.mebibytes" .) 10) }}
cloneMethod: xtraBackup cannot keep maxBandwidth: {{ . }} exactly. Use a multiple of 10 MiB, for example 100Mi
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.images" }}
{{- range $image, $example := dict "server" "mysql:8.4.6" "xtrabackup" "percona/percona-xtrabackup:8.4" }}
{{- with get $.Values.images $image }}
{{- if contains "://" . }}
images.{{ $image }}: "{{ . }}" is not an image reference. Use one without a scheme, for example registry.example.com/image:tag
{{- else if regexMatch "(^|/)[^/:@]+(:(latest)?)?$" . }}
images.{{ $image }}: "{{ . }}" has no tag, or the tag latest, so it may be another series tomorrow. Use a tag that names the release, or a digest, for example {{ $example }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.images.server }}
{{- $release := regexFind "(^|/)mysql:[0-9]+[.][0-9]+([.][0-9]+)?" . | splitList ":" | last }}
{{- $series := regexFind "^[0-9]+[.][0-9]+" $.Values.version }}
{{- if and (regexMatch "(^|/)mysql:[0-9]+[.][0-9]+[^/@]*$" .) (ne (regexFind "^[0-9]+[.][0-9]+" $release) $series) }}
images.server: "{{ . }}" is MySQL {{ $release }}, but version is {{ $.Values.version }}. Set both alike
{{- end }}
{{- end }}
{{- if contains "://" (.Values.images.registry | default "") }}
images.registry: "{{ .Values.images.registry }}" is not the beginning of an image reference. Leave out the scheme, for example registry.example.com/mirror
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.storage" }}
{{- with .Values.storage }}
{{- if lt (include "replicated-mysql.mebibytes" .size | int64) 256 }}
storage.size: {{ .size }} is too small for a server, and immutable once applied. Use at least 256Mi, for example 10Gi
{{- end }}
{{- if and (has "ReadWriteOncePod" .accessModes) (gt (len (uniq .accessModes)) 1) }}
storage.accessModes: Kubernetes refuses {{ join ", " .accessModes }}: ReadWriteOncePod cannot be combined with other modes. Use it alone, or leave it out
{{- end }}
{{- if and (eq .temporary.place "onVolume") .temporary.size }}
storage.temporary.size: {{ .temporary.size }} has no effect on the volume of the data. Leave it out, or set storage.temporary.place
{{- end }}
{{- if and (ne .temporary.place "onVolume") (not .temporary.size) }}
storage.temporary.size: {{ .temporary.place }} needs a size. Set one, for example 10Gi
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.resources" }}
{{- $group := last . }}
{{- $resources := include "replicated-mysql.resources" . | fromYaml }}
{{- $limits := $resources.limits | default dict }}
{{- range $amount, $request := $resources.requests }}
{{- with get $limits $amount }}
{{- $more := false }}
{{- if eq $amount "cpu" }}
{{- $more = gt (include "replicated-mysql.millis" $request | float64) (include "replicated-mysql.millis" . | float64) }}
{{- else }}
{{- $more = gt (include "replicated-mysql.mebibytes" $request | int64) (include "replicated-mysql.mebibytes" . | int64) }}
{{- end }}
{{- if $more }}
resources.{{ $group }}.requests.{{ $amount }}: {{ $request }} is more than its limit, {{ . }}. Raise the limit, or leave it out
{{- end }}
{{- end }}
{{- end }}
{{- $need := 256 }}
{{- if and (eq $group "xtrabackup") (eq (include "replicated-mysql.cloneMethod" (first .)) "clonePlugin") }}{{ $need = 400 }}{{ end }}
{{- with $limits.memory }}
{{- if lt (include "replicated-mysql.mebibytes" . | int64) (int64 $need) }}
resources.{{ $group }}.limits.memory: {{ . }} is too little for {{ ternary "a clone" "the first initialization" (eq $group "xtrabackup") }}, whose server would be killed for it each time. Use at least {{ $need }}Mi, or leave it out
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.millis" -}}
{{ mulf (toString . | trimSuffix "m") (ternary 1 1000 (hasSuffix "m" (toString .))) }}
{{- end }}

{{- define "replicated-mysql.violations.settings" }}
{{- $plugin := eq (include "replicated-mysql.cloneMethod" .) "clonePlugin" }}
{{- range $group, $options := .Values.settings }}
{{- $known := dict }}
{{- range $option, $value := $options }}
{{- $prop := printf "settings.%s.%s" $group $option }}
{{- $value = toString $value }}
{{- $normal := replace "_" "-" $option | trimPrefix "loose-" }}
{{- if hasKey $known $normal }}
{{ $prop }}: "{{ $value }}" is for the same option as {{ get $known $normal }}. Leave out one of the two
{{- end }}
{{- $_ := set $known $normal $option }}
{{- if regexMatch (include "replicated-mysql.options.reserved" .) $normal }}
{{ $prop }}: "{{ $value }}" would change an option that the cluster's safety depends on. Leave it out
{{- end }}
{{- if regexMatch (include "replicated-mysql.options.of-all" .) $normal }}
{{- if ne $group "all" }}
{{ $prop }}: "{{ $value }}" must be the same on every instance, because each takes clones of the others. Move it to settings.all
{{- end }}
{{- $names := include "replicated-mysql.options.of-all-names" . | splitList " " }}
{{- if not (has $normal $names) }}
{{ $prop }}: "{{ $value }}" is for an option that is written in another way. Use its full name: {{ join ", " $names }}
{{- end }}
{{- end }}
{{- if regexMatch (include "replicated-mysql.options.expiry" .) $normal }}
{{ $prop }}: "{{ $value }}" has no effect, because every instance has binlog-expire-logs-seconds. Use that option instead
{{- end }}
{{- if and $plugin (regexMatch (include "replicated-mysql.options.plugin-load" .) $normal) }}
{{ $prop }}: "{{ $value }}" unloads the CLONE plugin. Use plugin-load-add
{{- end }}
{{- if and (regexMatch (include "replicated-mysql.options.tls-version" .) $normal) (not (regexMatch "(?i)\\bTLSv1[.][23]\\b" $value)) }}
{{ $prop }}: "{{ $value }}" leaves no TLS for replication and clones. Use TLSv1.2,TLSv1.3 or one of the two
{{- end }}
{{- if and (regexMatch (include "replicated-mysql.options.max-user-connections" .) $normal) (regexMatch `^\s*[1-9]\s*$` $value) }}
{{ $prop }}: "{{ $value }}" connections are too few for root, with whom several scripts of an instance log in. Use at least 10, or maxConnections of a user
{{- end }}
{{- if and (contains "." $option) (not (regexMatch "^loose[-_]" $option)) }}
{{ $prop }}: "{{ $value }}" is for an option of a component, and no server starts with it before that is installed. Use loose-{{ $option }}
{{- end }}
{{- if regexMatch "[\n\r\\x00]" $value }}
{{ $prop }}: {{ $value | toJson }} has more than one line. Use a value of one line
{{- end }}
{{- if and (contains "#" $value) (not (regexMatch `^('([^'\\]|\\.)*'|"([^"\\]|\\.)*")$` (trim $value))) }}
{{ $prop }}: "{{ $value }}" contains a #, which starts a comment. Put the value in quotes
{{- end }}
{{- if and (regexMatch (include "replicated-mysql.options.flush-method" .) $normal) (regexMatch `(?i)^['"]?(n|l|[23]\b)` (trim $value)) }}
{{ $prop }}: "{{ $value }}" does not sync committed data. Use O_DIRECT or fsync
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.tls" }}
{{- $settings := .Values.settings }}
{{- with .Values.tls }}
{{- if and (eq .source "fromSecret") (not .secretName) }}
tls: fromSecret needs the name of a Secret. Set tls.secretName
{{- end }}
{{- if and (eq .source "fromCertManager") (not .issuer) }}
tls: fromCertManager needs an issuer. Set tls.issuer
{{- end }}
{{- $duration := .duration | default 7776000 | int64 }}
{{- if ge (.renewBefore | int64) $duration }}
tls.renewBefore: {{ .renewBefore | int64 }} s is not less than the duration, {{ $duration }} s. Use for example a third of it
{{- end }}
{{- $patterns := list }}
{{- if .minimumVersion }}{{ $patterns = append $patterns "tls-version" }}{{ end }}
{{- if .requireTls }}{{ $patterns = append $patterns "require-tls" }}{{ end }}
{{- range $pattern := $patterns }}
{{- range $_, $options := $settings }}
{{- range $option, $_ := $options }}
{{- if regexMatch (include (printf "replicated-mysql.options.%s" $pattern) $) (replace "_" "-" $option | trimPrefix "loose-") }}
settings: {{ $option }} is set by the value tls as well. Leave it out of one of the two
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.metadata" }}
{{- $labels := list "app" "app.kubernetes.io/instance" "app.kubernetes.io/component" "app.kubernetes.io/name" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" }}
{{- $reserved := dict "podLabels" (concat $labels (include "replicated-mysql.labels.pods" . | fromJsonArray)) "serviceLabels" $labels "podAnnotations" (list "replicated-mysql/my-cnf-hash") }}
{{- range $group, $keys := $reserved }}
{{- range $key, $value := index $.Values.metadata $group }}
{{- if has $key $keys }}
metadata.{{ $group }}: "{{ $key }}: {{ $value }}" is {{ ternary "an annotation" "a label" (eq $group "podAnnotations") }} that the chart sets. Use another key
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.service" }}
{{- $values := (first .).Values }}
{{- $prop := printf "services.%s.exposure" (last .) }}
{{- $network := $values.network }}
{{- $clients := not (kindIs "invalid" $network.clients) }}
{{- with index $values.services (last .) }}
{{- if and (gt (len (.ipFamilies | default list)) 1) (has .ipFamilyPolicy (list nil "SingleStack")) }}
services.{{ last $ }}.ipFamilies: [{{ join ", " .ipFamilies }}] are two families for a Service of one. Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or leave one out
{{- end }}
{{- end }}
{{- with (index $values.services (last .)).exposure }}
{{- if eq .type "ClusterIP" }}
{{- if or .nodePort .sourceRanges .loadBalancerClass }}
{{ $prop }}: nodePort, sourceRanges and loadBalancerClass have no effect with type ClusterIP. Leave them out, or set type
{{- end }}
{{- else }}
{{- if and (eq .type "NodePort") .loadBalancerClass }}
{{ $prop }}: loadBalancerClass "{{ .loadBalancerClass }}" has no effect with type NodePort. Leave it out
{{- end }}
{{- range .sourceRanges }}
{{- if not (include "replicated-mysql.cidr" .) }}
{{ $prop }}: sourceRanges "{{ . }}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address
{{- end }}
{{- end }}
{{- if $values.credentials.insecure }}
{{ $prop }}: {{ .type }} with insecure credentials lets anybody in as root. Use a Secret
{{- end }}
{{- if and $network.policy (not $clients) (not .sourceRanges) }}
{{ $prop }}: {{ .type }} reaches no instance, because the NetworkPolicy admits only the pods of the namespace. Set sourceRanges, or name all clients in network.clients
{{- end }}
{{- if and $network.policy $clients (not $network.clients) }}
{{ $prop }}: {{ .type }} reaches no instance, because network.clients: [] admits nobody. Name all clients, or leave network.clients out
{{- end }}
{{- if and $network.policy (not $clients) (eq .externalTrafficPolicy "Cluster") }}
{{ $prop }}: externalTrafficPolicy "Cluster" replaces the addresses of clients by those of nodes, which the NetworkPolicy does not admit. Use Local, or name the nodes in network.clients
{{- end }}
{{- if and (not $network.policy) (eq .type "NodePort") .sourceRanges }}
{{ $prop }}: sourceRanges of a NodePort have no effect with network.policy: false, because the NetworkPolicy enforces them. Leave out one of the two
{{- end }}
{{- if and (not $network.policy) (eq .type "LoadBalancer") (not .sourceRanges) }}
{{ $prop }}: {{ .type }} admits everybody, because network.policy: false omits the NetworkPolicy. Set sourceRanges; 0.0.0.0/0 means everybody
{{- end }}
{{- end }}
{{- end }}
{{- end }}
