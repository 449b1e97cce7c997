package app.headlight.services.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that answers as the hub does for one model, {@code owner/model}: https://hub.test says what there is, gives
 * small files itself, and sends to https://cdn.test for large ones. What it does wrong is said by each test.
 */
final class LocalHub implements AutoCloseable {

    static final HubName MODEL = new HubName("owner/model", null);
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String API = "/api/models/owner/model/revision/main";
    static final String RESOLVE = "/owner/model/resolve/" + COMMIT + "/";
    static final String CONFIG = resource("random-gpt2/config.json");

    /** What was asked; null for a header that was not there. */
    record Asked(
            String path,
            @Nullable String token,
            @Nullable String range,
            @Nullable String ifRange,
            String serverName) {}

    final LocalNetwork network = new LocalNetwork();
    final Map<String, byte[]> files = new TreeMap<>();
    final Set<String> large = new HashSet<>();
    final ObjectNode listing = JsonMapper.shared().createObjectNode();

    /** Further answers by path, in place of the right ones. */
    final Map<String, HttpHandler> instead = new ConcurrentHashMap<>();

    /** After how many bytes the next answers of the cdn end; −1 for one that does not. */
    final Deque<Integer> cuts = new ConcurrentLinkedDeque<>();

    final List<Asked> askedHub = new CopyOnWriteArrayList<>();
    final List<Asked> askedCdn = new CopyOnWriteArrayList<>();
    String tag = "\"as-it-is\"";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer hub = server(askedHub, this::answer);
    private final HttpsServer cdn = server(askedCdn, this::blob);

    LocalHub() {
        network.know("hub.test", "127.0.0.1");
        network.know("cdn.test", LocalNetwork.PUBLIC);
        byte[] weights = new byte[300_000];
        new Random(7).nextBytes(weights);
        put("config.json", CONFIG);
        put("tokenizer.json", "{\"model\": {}}");
        put("README.md", "# A model");
        putLarge("model.safetensors", weights);
        listing.put("id", "owner/model").put("sha", COMMIT).put("gated", false);
    }

    void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void putLarge(String name, byte[] content) {
        files.put(name, content);
        large.add(name);
    }

    /** Puts an index of such shards in place of the weights; the shards are put by whoever wants them there. */
    void putIndex(String... shards) {
        files.remove("model.safetensors");
        ObjectNode index = JsonMapper.shared().createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        for (String shard : shards) {
            map.put("tensor of " + shard, shard);
        }
        put("model.safetensors.index.json", index.toString());
    }

    /** The client, with a token or without. */
    Hub client(@Nullable String token) {
        return client(token, Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    Hub client(@Nullable String token, Duration silence, Duration look) {
        Duration pause = Duration.ofMillis(1);
        return new Hub(new HubSettings(endpoint(), token, Duration.ofSeconds(5), silence, look, pause), network);
    }

    URI endpoint() {
        return URI.create("https://hub.test:" + hub.getAddress().getPort());
    }

    String cdn() {
        return "https://cdn.test:" + cdn.getAddress().getPort();
    }

    @Override
    public void close() {
        hub.stop(0);
        cdn.stop(0);
        threads.shutdownNow();
    }

    private HttpsServer server(List<Asked> log, HttpHandler handler) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(Certificates.OURS));
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                log.add(asked(exchange));
                HttpHandler other = instead.get(exchange.getRequestURI().getRawPath());
                (other == null ? handler : other).handle(exchange);
            });
            server.start();
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Asked asked(HttpExchange exchange) {
        ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
        return new Asked(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("If-Range"),
                session.getRequestedServerNames().toString());
    }

    /** The right answer of the hub. */
    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.startsWith(RESOLVE) ? path.substring(RESOLVE.length()) : "";
        if (path.equals(API)) {
            Handlers.send(exchange, 200, listed().getBytes(StandardCharsets.UTF_8));
        } else if (!files.containsKey(file)) {
            Handlers.refusal(404, file.isEmpty() ? "RepoNotFound" : "EntryNotFound")
                    .handle(exchange);
        } else if (large.contains(file)) {
            Handlers.redirect(cdn() + "/blobs/" + file).handle(exchange);
        } else {
            Handlers.send(exchange, 200, files.get(file));
        }
    }

    /** The answer of the API, from the files as they are now. */
    String listed() {
        ArrayNode siblings = listing.has("siblings") ? (ArrayNode) listing.get("siblings") : siblings();
        return listing.deepCopy().<ObjectNode>set("siblings", siblings).toString();
    }

    private ArrayNode siblings() {
        ArrayNode siblings = JsonMapper.shared().createArrayNode();
        files.forEach((name, content) -> {
            ObjectNode one = siblings.addObject().put("rfilename", name).put("size", content.length);
            if (large.contains(name)) {
                one.put("blobId", "0".repeat(40));
                one.putObject("lfs").put("sha256", hex("SHA-256", content)).put("size", content.length);
            } else {
                byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
                one.put("blobId", hex("SHA-1", head, content));
            }
        });
        return siblings;
    }

    private void blob(HttpExchange exchange) throws IOException {
        byte[] all = files.get(exchange.getRequestURI().getPath().replaceFirst("/blobs/", ""));
        String range = exchange.getRequestHeaders().getFirst("Range");
        String only = exchange.getRequestHeaders().getFirst("If-Range");
        int from = range == null || only != null && !only.equals(tag)
                ? 0
                : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.getResponseHeaders().set("ETag", tag);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
        Integer cut = cuts.poll();
        int to = cut == null || cut < 0 ? all.length : Math.min(all.length, from + cut);
        exchange.getResponseBody().write(all, from, to - from);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static String hex(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String resource(String name) {
        try (InputStream in = LocalHub.class.getResourceAsStream("/reference/families/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
