package main

import (
	"fmt"

	"example.com/replicated-mysql/cdk8s-replicated-mysql-go/replicatedmysql"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2/k8s"
)

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("database"), &cdk8s.ChartProps{Namespace: jsii.String("shop")})
	memory := cdk8s.Size_Gibibytes(jsii.Number(8))

	mysql := replicatedmysql.NewReplicatedMySql(chart, jsii.String("mysql"), &replicatedmysql.ReplicatedMySqlProps{
		Name:        jsii.String("orders"),
		Replicas:    jsii.Number(5),
		Version:     replicatedmysql.MySqlVersion_Of(jsii.String("8.4.6")),
		Credentials: replicatedmysql.Credentials_FromSecret(jsii.String("vault"), &replicatedmysql.CredentialKeys{Root: jsii.String("admin")}),
		Storage: &replicatedmysql.StorageProps{
			Size:             cdk8s.Size_Gibibytes(jsii.Number(200)),
			StorageClassName: jsii.String("fast"),
		},
		Resources: &replicatedmysql.ResourceProps{
			Mysql: &replicatedmysql.ContainerResources{
				Requests: &replicatedmysql.ResourceAmounts{Cpu: cdk8splus28.Cpu_Units(jsii.Number(2)), Memory: memory},
				Limits:   &replicatedmysql.ResourceAmounts{Memory: memory},
			},
		},
		Settings: &replicatedmysql.SettingsProps{All: &map[string]*string{"max_connections": jsii.String("500")}},
		Metadata: &replicatedmysql.MetadataProps{PodLabels: &map[string]*string{"team": jsii.String("blue")}},
		Scheduling: &replicatedmysql.SchedulingProps{
			Tolerations: &[]*k8s.Toleration{{Key: jsii.String("database"), Operator: jsii.String("Exists")}},
		},
		Reads: &replicatedmysql.ReadsProps{
			From:   replicatedmysql.Reads_FromReplicas(nil),
			MaxLag: cdk8s.Duration_Minutes(jsii.Number(10)),
		},
		Services: &replicatedmysql.ServicesProps{
			Read: &replicatedmysql.ServiceProps{
				Exposure: replicatedmysql.Exposure_LoadBalancer(&replicatedmysql.LoadBalancerOptions{
					SourceRanges: jsii.Strings("203.0.113.0/24"),
				}),
			},
		},
	})
	fmt.Printf("write to %s, read from %s\n", *mysql.Primary().SocketAddress(), *mysql.Read().SocketAddress())
	app.Synth()
}
