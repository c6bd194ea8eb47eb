package dev.fedcore.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One client of a [Load], on one connection, and on a new one when that is lost.
///
/// Everything but the waiting happens on the event loop's one thread.
final class LoadClient {

  /// Larger than any answer that is asked for.
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  /// Longer than any answer takes.
  private static final int ANSWER_SECONDS_MAX = 60;

  private static final long CONNECT_AGAIN_MS = 10;

  private final Bootstrap sockets;
  private final URI target;
  private final FullHttpRequest request;
  private final ByteBuf expected;
  private final long end;
  private final Latencies latencies = new Latencies();
  private final CountDownLatch done = new CountDownLatch(1);
  private long failures;
  private long sent;
  private boolean finished;

  private LoadClient(Bootstrap sockets, Load.Script script, long end) {
    this.sockets = sockets;
    this.target = script.target();
    this.request = request(script);
    this.expected = Unpooled.copiedBuffer(script.expected(), StandardCharsets.UTF_8);
    this.end = end;
  }

  /// Connects, and begins to send.
  ///
  /// @param end no request is sent after it, in the time of [System#nanoTime]
  static LoadClient start(Bootstrap sockets, Load.Script script, long end) {
    var client = new LoadClient(sockets, script, end);
    client.connect();
    return client;
  }

  /// Waits for the last answer.
  void await() throws InterruptedException {
    done.await();
  }

  /// Of all requests that were answered as expected. For after [#await].
  Latencies latencies() {
    return latencies;
  }

  /// Requests that were not answered, or otherwise. For after [#await].
  long failures() {
    return failures;
  }

  private static FullHttpRequest request(Load.Script script) {
    ByteBuf body = Unpooled.copiedBuffer(script.body(), StandardCharsets.UTF_8);
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            body.isReadable() ? HttpMethod.POST : HttpMethod.GET,
            script.target().getRawPath(),
            Unpooled.unreleasableBuffer(body));
    request
        .headers()
        .set(HttpHeaderNames.HOST, script.target().getAuthority())
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set("Prefer", "wait=30")
        .set("X-Actor-Id", "bench");
    return request;
  }

  private void connect() {
    sockets
        .clone()
        .handler(new Setup())
        .connect(target.getHost(), target.getPort())
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            failed(sockets.config().group().next());
          }
        });
  }

  private void send(Channel channel) {
    if (System.nanoTime() < end) {
      sent = System.nanoTime();
      var _ = channel.writeAndFlush(request.retainedDuplicate(), channel.voidPromise());
    } else {
      finished = true;
      var _ = channel.close();
    }
  }

  private void answered(Channel channel, ByteBuf answer) {
    if (ByteBufUtil.indexOf(expected, answer) >= 0) {
      latencies.add(System.nanoTime() - sent);
    } else {
      failures++;
    }
    send(channel);
  }

  private void failed(EventLoop loop) {
    failures++;
    if (System.nanoTime() < end) {
      var _ = loop.schedule(this::connect, CONNECT_AGAIN_MS, TimeUnit.MILLISECONDS);
    } else {
      done.countDown();
    }
  }

  /// Sets a connection up.
  private final class Setup extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new HttpClientCodec(),
              new HttpObjectAggregator(ANSWER_BYTES_MAX),
              new ReadTimeoutHandler(ANSWER_SECONDS_MAX),
              new Answers());
    }
  }

  /// What comes on one connection.
  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      send(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      answered(context.channel(), answer.content());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (finished) {
        done.countDown();
      } else {
        failed(context.channel().eventLoop());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
