from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_28 import Cpu, k8s
from cdk8s_replicated_mysql import (
    ContainerResources,
    Credentials,
    Exposure,
    MetadataProps,
    MySqlVersion,
    Reads,
    ReadsProps,
    ReplicatedMySql,
    ResourceAmounts,
    ResourceProps,
    SchedulingProps,
    ServiceProps,
    ServicesProps,
    SettingsProps,
    StorageProps,
)

app = App()
chart = Chart(app, "database", namespace="shop")
memory = Size.gibibytes(8)

mysql = ReplicatedMySql(
    chart,
    "mysql",
    name="orders",
    replicas=5,
    version=MySqlVersion.of("8.4.6"),
    credentials=Credentials.from_secret("vault", root="admin"),
    storage=StorageProps(size=Size.gibibytes(200), storage_class_name="fast"),
    resources=ResourceProps(
        mysql=ContainerResources(
            requests=ResourceAmounts(cpu=Cpu.units(2), memory=memory),
            limits=ResourceAmounts(memory=memory),
        )
    ),
    settings=SettingsProps(all={"max_connections": "500"}),
    metadata=MetadataProps(pod_labels={"team": "blue"}),
    scheduling=SchedulingProps(
        tolerations=[k8s.Toleration(key="database", operator="Exists")]
    ),
    # `from` is a word of Python.
    reads=ReadsProps(from_=Reads.from_replicas(), max_lag=Duration.minutes(10)),
    services=ServicesProps(
        read=ServiceProps(
            exposure=Exposure.load_balancer(source_ranges=["203.0.113.0/24"])
        )
    ),
)
print(f"write to {mysql.primary.socket_address}, read from {mysql.read.socket_address}")
app.synth()
