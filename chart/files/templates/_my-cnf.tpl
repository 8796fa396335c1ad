{{/*
The option file of a role: (dict "Values" .Values "role" ROLE "size" SIZE). The options of the cluster come first, then
those by memory and size, then all other settings. A setting stands in the place of the option that it overrides.
*/}}
{{- define "replicated-mysql.my-cnf" -}}
{{- $settings := dict }}
{{- $order := list }}
{{- range list .Values.settings.all (index .Values.settings .role) }}
{{- range $option, $value := . }}
{{- $option = replace "_" "-" $option }}
{{- if not (hasKey $settings $option) }}{{ $order = append $order $option }}{{ end }}
{{- $_ := set $settings $option (kindIs "string" $value | ternary $value (int64 $value | toString)) }}
{{- end }}
{{- end }}
{{- if eq (include "replicated-mysql.cloneMethod" .) "clonePlugin" }}
{{- $option := "plugin-load-add" }}
{{- if hasKey $settings $option }}
{{- $_ := set $settings $option (printf "mysql_clone.so;%s" (get $settings $option)) }}
{{- else }}
{{- $_ := set $settings $option "mysql_clone.so" }}
{{- $order = append $order $option }}
{{- end }}
{{- end }}
{{- range $i, $line := splitList "\n" (include (printf "replicated-mysql.%s" .role) . | trim) }}
{{- if $i }}{{ "\n" }}{{ end }}
{{- $option := first (splitList "=" $line) }}
{{- if hasKey $settings $option }}
{{- $option }}={{ get $settings $option }}
{{- $order = without $order $option }}
{{- else }}
{{- $line }}
{{- end }}
{{- end }}
{{- range $order }}
{{- "\n" }}{{ . }}={{ get $settings . }}
{{- end }}
{{- end }}

{{/*
The options by the memory of the container and the size of the volume, as in lib/pod/sizes.ts: whole numbers of MiB, in
fractions of which the denominators stand here.
*/}}
{{- define "replicated-mysql.sizes" -}}
{{- $pool := 128 }}
{{- $limit := dig "limits" "memory" "" .Values.resources.mysql }}
{{- with $limit | default (dig "requests" "memory" "" .Values.resources.mysql) }}
{{- $memory := include "replicated-mysql.mebibytes" . | int64 }}
{{- $tempTables := div $memory 32 }}
{{- $spare64 := sub (mul 64 (sub (sub $memory 448) $tempTables)) $memory }}
{{- $most128 := max $spare64 (sub (mul 2 $spare64) 512000) | mul 100 }}
{{- $instances := min 8 (max 1 (div $most128 (mul 103 128 1024))) }}
{{- $unit := mul 128 $instances }}
{{- $pool = max 64 (mul $unit (div $most128 (mul 103 128 $unit))) }}
innodb-buffer-pool-size={{ $pool }}M
innodb-buffer-pool-instances={{ $instances }}
innodb-log-buffer-size=16M
temptable-max-ram={{ $tempTables }}M
binlog-transaction-dependency-history-size={{ min 10000000 (max 25000 (div (mul $memory 16384) 33)) }}
{{- if $limit }}
max-connections={{ min 1000 (max 16 (div (sub (mul 100 $spare64) (mul 64 103 $pool)) 51200)) }}
{{- end }}
{{- end }}
innodb-redo-log-capacity={{ min (div (include "replicated-mysql.mebibytes" .size) 16) (mul 2 $pool) 8192 }}M
{{- end }}

{{/* What rolls the pods: the option files without what follows the size of the volume. */}}
{{- define "replicated-mysql.hash" -}}
{{- $files := dict }}
{{- range list "primary" "replica" }}
{{- $file := include "replicated-mysql.my-cnf" (dict "Values" $.Values "role" . "size" "10Gi") }}
{{- $_ := set $files . (printf "%s\n" $file) }}
{{- end }}
{{- $files | toRawJson | sha256sum | trunc 16 }}
{{- end }}
