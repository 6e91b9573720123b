package dev.longe.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's in-process test server behind a port of its own. What it lacks, lists, is put together
 * here from what it has; and the line to it can be cut.
 */
final class FrontDoor extends HandlerRegistry implements AutoCloseable {
  private final TestServer.InProcessTestServer behind;
  private final WorkflowServiceStubs stubs;
  private final ManagedChannel channel;
  private final Server server;
  private volatile boolean cut;

  FrontDoor() {
    behind = TestServer.createServer(true);
    channel = behind.getChannel();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build());
    try {
      server = NettyServerBuilder.forPort(0).fallbackHandlerRegistry(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "temporal://127.0.0.1:" + port() + "/default";
  }

  /** From now on nothing goes through; or again. */
  void cut(boolean now) {
    cut = now;
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<ByteString> {
    @Override
    public InputStream stream(ByteString value) {
      return value.newInput();
    }

    @Override
    public ByteString parse(InputStream stream) {
      try {
        return ByteString.readFrom(stream);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<ByteString, ByteString> method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(name)
            .build();
    boolean list =
        name.equals(WorkflowServiceGrpc.getListWorkflowExecutionsMethod().getFullMethodName());
    return ServerMethodDefinition.create(
        method,
        ServerCalls.asyncUnaryCall((request, answer) -> {
          if (cut) {
            return; // as a network that swallows everything
          }
          if (list) {
            answer.onNext(list(request));
            answer.onCompleted();
          } else {
            ClientCalls.asyncUnaryCall(
                channel.newCall(method, CallOptions.DEFAULT), request, onlyIfWhole(answer));
          }
        }));
  }

  private StreamObserver<ByteString> onlyIfWhole(StreamObserver<ByteString> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ByteString value) {
        if (!cut) {
          answer.onNext(value);
        }
      }

      @Override
      public void onError(Throwable t) {
        if (!cut) {
          answer.onError(t);
        }
      }

      @Override
      public void onCompleted() {
        if (!cut) {
          answer.onCompleted();
        }
      }
    };
  }

  private ByteString list(ByteString request) {
    try {
      ListWorkflowExecutionsRequest asked = ListWorkflowExecutionsRequest.parseFrom(request);
      String[] parts = asked.getQuery().split("CloseTime > '", 2);
      Instant closedAfter =
          parts.length == 1 ? Instant.EPOCH : Instant.parse(parts[1].replaceAll("'.*", ""));
      boolean closedToo = parts.length > 1 || !asked.getQuery().contains("Running");
      List<WorkflowExecutionInfo> found =
          new ArrayList<>(
              stubs
                  .blockingStub()
                  .listOpenWorkflowExecutions(
                      ListOpenWorkflowExecutionsRequest.newBuilder()
                          .setNamespace(asked.getNamespace())
                          .build())
                  .getExecutionsList());
      if (closedToo) {
        found.addAll(
            stubs
                .blockingStub()
                .listClosedWorkflowExecutions(
                    ListClosedWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(asked.getNamespace())
                        .build())
                .getExecutionsList());
      }
      ListWorkflowExecutionsResponse.Builder all = ListWorkflowExecutionsResponse.newBuilder();
      for (WorkflowExecutionInfo one : found) {
        if (asked.getQuery().isEmpty()
            || asked.getQuery().contains("'" + one.getType().getName())) {
          WorkflowExecutionInfo info =
              stubs
                  .blockingStub()
                  .describeWorkflowExecution(
                      DescribeWorkflowExecutionRequest.newBuilder()
                          .setNamespace(asked.getNamespace())
                          .setExecution(one.getExecution())
                          .build())
                  .getWorkflowExecutionInfo();
          boolean ended = info.hasCloseTime();
          if (!ended || info.getCloseTime().getSeconds() > closedAfter.getEpochSecond()) {
            all.addExecutions(info);
          }
        }
      }
      return all.build().toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new StatusRuntimeException(Status.INTERNAL.withCause(e));
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    stubs.shutdownNow();
    behind.close();
  }
}
