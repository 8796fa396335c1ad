{{/* Rules on network. */}}
{{- define "replicated-mysql.violations.network" }}
{{- $network := .Values.network }}
{{- range $list := list "clients" "egress" }}
{{- if and (not $network.policy) (not (kindIs "invalid" (get $network $list))) }}
network.{{ $list }}: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two
{{- end }}
{{- range $i, $side := get $network $list }}
{{- include "replicated-mysql.violations.side" (dict "prop" (printf "network.%s[%d]" $list $i) "side" $side) }}
{{- end }}
{{- end }}
{{- $toServer := not $network.clients }}
{{- range $i, $client := $network.clients }}
{{- $ports := list }}
{{- range .ports | default (list 3306) }}{{ $ports = append $ports (int64 .) }}{{ end }}
{{- if has (int64 3306) $ports }}{{ $toServer = true }}{{ end }}
{{- range $ports }}
{{- if and (ge . (int64 3307)) (le . (int64 3309)) }}
network.clients[{{ $i }}].ports: {{ . }} is for the other instances only. Leave it out
{{- end }}
{{- end }}
{{- end }}
{{- if not $toServer }}
network.clients: replaces the default, and none of them reaches port 3306. Add those that do, for example {} for all pods of the namespace
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.side" }}
{{- $prop := .prop }}
{{- with .side }}
{{- $pods := or .labels .namespace (not (kindIs "invalid" .namespaceLabels)) }}
{{- if or (and .cidr $pods) (and .except (not .cidr)) (and .anywhere (or .cidr $pods)) }}
{{ $prop }}: {{ toRawJson . }} is not one side. Use labels, namespace and namespaceLabels for pods, cidr and except for a range, or anywhere
{{- end }}
{{- if and .namespace (not (kindIs "invalid" .namespaceLabels)) }}
{{ $prop }}.namespaceLabels: namespace "{{ .namespace }}" names the namespace already. Leave out one of the two
{{- end }}
{{- if not (kindIs "invalid" .cidr) }}
{{- $range := .cidr }}
{{- if not (include "replicated-mysql.cidr" .cidr) }}
{{ $prop }}.cidr: "{{ .cidr }}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address
{{- end }}
{{- range .except }}
{{- if not (include "replicated-mysql.cidr" .) }}
{{ $prop }}.except: "{{ . }}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address
{{- else if le (splitList "/" . | last | int64) (splitList "/" $range | last | int64) }}
{{- /* The API server finds those that are smaller and lie elsewhere. */}}
{{ $prop }}.except: "{{ . }}" is not a part of {{ $range }}. Use a smaller range within it
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.cidr" -}}
{{- if regexMatch "^([0-9]{1,3}[.]){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])$|^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/([0-9]{1,2}|1[01][0-9]|12[0-8])$" . }}true{{ end }}
{{- end }}
