module orders

go 1.25

require (
	example.com/replicated-mysql/cdk8s-replicated-mysql-go/replicatedmysql v0.1.0
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.70.106
	github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2 v2.5.6
)
