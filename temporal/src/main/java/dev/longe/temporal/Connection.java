package dev.longe.temporal;

import dev.longe.core.Fault;
import dev.longe.home.Home;
import dev.longe.sandbox.Environment;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * A connection to a Temporal server. It reads the same environment variables as Temporal's own
 * tools.
 */
record Connection(Address address, WorkflowServiceStubs stubs, WorkflowClient client) {
  private static final long FIRST_ANSWER_SECONDS = 10;

  static Connection to(String text, Environment environment, Home home) {
    Address address = Address.parse(text);
    List<PayloadCodec> codecs = codecs(address, home);
    Map<String, String> all = environment.all();
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(address.target());
    tls(address, all).ifPresent(options::setSslContext);
    Optional.ofNullable(all.get("TEMPORAL_API_KEY")).ifPresent(key -> options.addApiKey(() -> key));
    Optional.ofNullable(all.get("TEMPORAL_TLS_SERVER_NAME"))
        .ifPresent(name -> options.setChannelInitializer(c -> c.overrideAuthority(name)));
    return over(
        address,
        WorkflowServiceStubs.newServiceStubs(options.validateAndBuildWithDefaults()),
        codecs);
  }

  /** A connection over existing stubs. */
  static Connection over(Address address, WorkflowServiceStubs stubs, List<PayloadCodec> codecs) {
    try {
      var _ =
          stubs
              .blockingStub()
              .withDeadlineAfter(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS)
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace(address.namespace()).build());
    } catch (StatusRuntimeException e) {
      stubs.shutdownNow();
      throw meaning(address, e);
    }
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(address.namespace())
                .setDataConverter(PayloadFormat.converter(codecs))
                .validateAndBuildWithDefaults());
    return new Connection(address, stubs, client);
  }

  /** Translates a gRPC error into a fault with one sentence for the user. */
  static Fault meaning(Address address, StatusRuntimeException e) {
    String detail = detail(e);
    boolean certificate =
        detail.contains("SSL") || detail.contains("certif") || detail.contains("handshake");
    String what =
        certificate
            ? "does not accept this machine's certificate, or shows one that this machine does not"
                + " trust; see TEMPORAL_TLS_SERVER_CA_CERT_PATH, TEMPORAL_TLS_CLIENT_CERT_PATH and"
                + " TEMPORAL_TLS_CLIENT_KEY_PATH"
            : switch (e.getStatus().getCode()) {
              case NOT_FOUND ->
                  "has no namespace «"
                      + address.namespace()
                      + "»; create it with «temporal operator namespace create»";
              case UNAUTHENTICATED, PERMISSION_DENIED ->
                  "does not authorize this machine; check TEMPORAL_API_KEY and the certificates";
              default -> "can't be reached; check that it is running and that the address is right";
            };
    return new Fault(
        "The Temporal server " + address.target() + " " + what + " (" + detail + ").", e);
  }

  private static String detail(StatusRuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    Status status = e.getStatus();
    String own =
        cause == e ? String.valueOf(status.getDescription()) : String.valueOf(cause.getMessage());
    return own.lines().findFirst().orElse(status.getCode().name());
  }

  private static List<PayloadCodec> codecs(Address address, Home home) {
    List<PayloadCodec> codecs = new ArrayList<>();
    if (Files.exists(home.keys())) {
      codecs.add(new EncryptionCodec(TeamKeys.parse(home.keys().toString(), read(home.keys()))));
    } else if (!address.plain() && !address.loopback()) {
      throw new Fault(
          "There is no %s, so prompts would not be encrypted on %s; create a key with «longe team --new-key NAME» and put it there on every machine, or add ?plain to the address."
              .formatted(home.keys(), address.host()));
    }
    codecs.add(new GzipCodec());
    return codecs;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Fault("The file " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Optional<SslContext> tls(Address address, Map<String, String> all) {
    Optional<File> ca = file(all, "TEMPORAL_TLS_SERVER_CA_CERT_PATH");
    Optional<File> certificate = file(all, "TEMPORAL_TLS_CLIENT_CERT_PATH");
    Optional<File> key = file(all, "TEMPORAL_TLS_CLIENT_KEY_PATH");
    boolean wanted =
        address.tls()
            || ca.isPresent()
            || certificate.isPresent()
            || all.containsKey("TEMPORAL_API_KEY")
            || Boolean.parseBoolean(all.get("TEMPORAL_TLS"));
    if (!wanted) {
      return Optional.empty();
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw new Fault(
          "TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH must be set"
              + " together.");
    }
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient();
      ca.ifPresent(builder::trustManager);
      certificate.ifPresent(c -> builder.keyManager(c, key.orElseThrow()));
      return Optional.of(builder.build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new Fault("The certificates can't be used: " + e.getMessage(), e);
    }
  }

  private static Optional<File> file(Map<String, String> all, String name) {
    Optional<File> file = Optional.ofNullable(all.get(name)).map(File::new);
    file.filter(f -> !f.canRead())
        .ifPresent(f -> {
          throw new Fault(name + " names " + f + ", which can't be read.");
        });
    return file;
  }
}
