{{/* Rules on extras. */}}
{{- define "replicated-mysql.violations.extras" }}
{{- $extras := .Values.extras }}
{{- $label := "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }}
{{- $containers := concat ($extras.initContainers | default list) ($extras.containers | default list) }}
{{- $reserved := include "replicated-mysql.extras.containers" . | fromJsonArray }}
{{- $reservedPorts := include "replicated-mysql.extras.ports" . | fromJsonArray }}
{{- $known := list }}
{{- $ports := dict }}
{{- range $container := $containers }}
{{- if not (regexMatch $label .name) }}
extras: {{ toRawJson .name }} is not a name of a container. Use at most 63 lower-case letters, digits and "-"
{{- else if has .name $reserved }}
extras: a container "{{ .name }}" is the library's. Use another one
{{- else if has .name $known }}
extras: "{{ .name }}" is the name of two containers. Use another one for one of them
{{- end }}
{{- $known = append $known .name }}
{{- range .ports }}
{{- $port := .containerPort | int64 | toString }}
{{- $withProtocol := printf "%s %s" $port (.protocol | default "TCP") }}
{{- if has $port $reservedPorts }}
extras.containers: port {{ $port }} of {{ $container.name }} is the library's or the server's, and all containers of a pod share their ports. Use another one
{{- else if hasKey $ports $withProtocol }}
extras.containers: port {{ $port }} of {{ $container.name }} is also that of {{ get $ports $withProtocol }}. Use another one
{{- end }}
{{- $_ := set $ports $withProtocol $container.name }}
{{- end }}
{{- end }}
{{- $reserved = include "replicated-mysql.extras.volumes" . | fromJsonArray }}
{{- $volumes := list }}
{{- range $extras.volumes }}
{{- if not (regexMatch $label .name) }}
extras.volumes: {{ toRawJson .name }} is not a name of a volume. Use at most 63 lower-case letters, digits and "-"
{{- else if has .name $reserved }}
extras.volumes: "{{ .name }}" is a volume of the library. Use another one
{{- else if has .name $volumes }}
extras.volumes: "{{ .name }}" is the name of two volumes. Use another one for one of them
{{- end }}
{{- $volumes = append $volumes .name }}
{{- end }}
{{- $readable := include "replicated-mysql.extras.readable" . | fromJsonArray }}
{{- range $container := append $containers (dict "name" "mysql" "volumeMounts" $extras.volumeMounts) }}
{{- range .volumeMounts }}
{{- if not (has .name (concat $volumes $readable)) }}
extras: {{ $container.name }} mounts "{{ .name }}", which is none of extras.volumes. Define it there
{{- else if and (has .name $readable) (not .readOnly) }}
extras: {{ $container.name }} mounts the volume "{{ .name }}" of the library for writing, which would break what its scripts rely on. Set readOnly: true
{{- end }}
{{- end }}
{{- end }}
{{- $reserved = include "replicated-mysql.extras.paths" . | fromJsonArray }}
{{- $known = list }}
{{- range $mount := $extras.volumeMounts }}
{{- $path := clean .mountPath | trimSuffix "/" | printf "%s/" }}
{{- $free := isAbs .mountPath }}
{{- range $reserved }}
{{- if or (hasPrefix $path (printf "%s/" .)) (hasPrefix (printf "%s/" .) $path) }}{{ $free = false }}{{ end }}
{{- end }}
{{- if not $free }}
extras.volumeMounts: {{ toRawJson .mountPath }} is not a free path: the library needs {{ join ", " $reserved }}, what is above them and what is below. Use another absolute path
{{- else if has $path $known }}
extras.volumeMounts: "{{ .mountPath }}" is the path of two mounts. Use another one for one of them
{{- end }}
{{- $known = append $known $path }}
{{- end }}
{{- $reserved = include "replicated-mysql.extras.env" . | fromJsonArray }}
{{- $known = list }}
{{- range $extras.env }}
{{- if or (not (regexMatch "^[A-Z_][A-Z0-9_]*$" .name)) (has .name $reserved) (regexMatch "^(MYSQL_|BASH|LC_)" .name) }}
extras.env: {{ toRawJson .name }} would change what scripts do, or nothing. Use a name of upper-case letters, digits and "_" other than {{ join ", " $reserved }}, MYSQL_*, BASH* and LC_*, and settings for options of the server
{{- else if has .name $known }}
extras.env: "{{ .name }}" is the name of two variables. Leave one of them out
{{- end }}
{{- $known = append $known .name }}
{{- end }}
{{- end }}
