import java.util.Arrays;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Runs DynamoDB Local at the addresses of its first argument, divided by commas, and nowhere else. The other arguments are
 * DynamoDB Local's own, whose main class has none for an address: it listens on every interface.
 */
class Launcher {
    public static void main(String[] args) throws Exception {
        DynamoDBProxyServer engine = ServerRunner.createServerFromCommandLineArgs(Arrays.copyOfRange(args, 1, args.length));
        var field = Arrays.stream(DynamoDBProxyServer.class.getDeclaredFields()).filter(f -> f.getType() == Server.class)
            .findFirst().orElseThrow(() -> new IllegalStateException("Launcher.java is not for this version of DynamoDB Local"));
        field.setAccessible(true); // nothing gives the server away
        Server server = (Server) field.get(engine);
        ServerConnector everywhere = (ServerConnector) server.getConnectors()[0];
        server.removeConnector(everywhere);
        for (String address : args[0].split(",")) {
            ServerConnector here = new ServerConnector(server);
            here.setHost(address);
            here.setPort(everywhere.getPort());
            server.addConnector(here);
        }
        engine.safeStart(); // without the telemetry that start sends
    }
}
