import com.example.replicatedmysql.*;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Duration;
import org.cdk8s.Size;
import org.cdk8s.plus28.Cpu;
import org.cdk8s.plus28.k8s.Toleration;

public class Main {
  public static void main(String[] args) {
    App app = new App();
    Chart chart = new Chart(app, "database", ChartProps.builder().namespace("shop").build());
    Size memory = Size.gibibytes(8);

    ReplicatedMySql mysql = ReplicatedMySql.Builder.create(chart, "mysql")
        .name("orders")
        .replicas(5)
        .version(MySqlVersion.of("8.4.6"))
        .credentials(Credentials.fromSecret("vault", CredentialKeys.builder().root("admin").build()))
        .storage(StorageProps.builder().size(Size.gibibytes(200)).storageClassName("fast").build())
        .resources(ResourceProps.builder()
            .mysql(ContainerResources.builder()
                .requests(ResourceAmounts.builder().cpu(Cpu.units(2)).memory(memory).build())
                .limits(ResourceAmounts.builder().memory(memory).build())
                .build())
            .build())
        .settings(SettingsProps.builder().all(Map.of("max_connections", "500")).build())
        .metadata(MetadataProps.builder().podLabels(Map.of("team", "blue")).build())
        .scheduling(SchedulingProps.builder()
            .tolerations(List.of(Toleration.builder().key("database").operator("Exists").build()))
            .build())
        .reads(ReadsProps.builder().from(Reads.fromReplicas()).maxLag(Duration.minutes(10)).build())
        .services(ServicesProps.builder()
            .read(ServiceProps.builder()
                .exposure(Exposure.loadBalancer(
                    LoadBalancerOptions.builder().sourceRanges(List.of("203.0.113.0/24")).build()))
                .build())
            .build())
        .build();
    System.out.printf("write to %s, read from %s%n",
        mysql.getPrimary().getSocketAddress(), mysql.getRead().getSocketAddress());
    app.synth();
  }
}
