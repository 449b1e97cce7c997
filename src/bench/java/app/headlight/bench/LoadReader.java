package app.headlight.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Someone who reads, as a browser without a screen: opens a page with its push channel, then goes from view to view. */
final class LoadReader {

    private static final List<String> WORDS = List.of(
            "the", "old", "man", "said", "that", "little", "girl", "went", "to", "river", "and", "saw", "a", "boat",
            "with", "red", "sails", "while", "her", "brother", "slept", "under", "tree", "in", "summer");
    private static final List<String> TABS = List.of("ov", "qk", "residual", "attribution", "steps");
    private static final Pattern KEY = Pattern.compile("\"Vaadin-Security-Key\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PUSH = Pattern.compile("\"Vaadin-Push-ID\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern SYNC = Pattern.compile("\"syncId\"\\s*:\\s*(\\d+)");

    private final String root;
    private final SplittableRandom random;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private String key = "";
    private int sync;
    private int sent;

    LoadReader(int port, long seed) {
        root = "http://localhost:" + port;
        random = new SplittableRandom(seed);
    }

    /** Opens the front page. */
    void open() throws IOException, InterruptedException {
        get("/explore");
        String first = get("/?v-r=init&location=explore&query=&v-sh=960&v-sw=1440&v-wh=960&v-ww=1440&v-bh=960&v-bw=1440"
                + "&v-curdate=0&v-tzo=0&v-dstd=0&v-rtzo=0&v-dston=false&v-tzid=UTC&v-wn=" + random.nextInt(1 << 30)
                + "&v-td=false&v-pr=1");
        key = found(KEY, first);
        sync = Integer.parseInt(found(SYNC, first));
        listen(found(PUSH, first));
        navigate("/explore", "");
    }

    /** Goes to another view. The time that its answer took, in milliseconds. */
    double change() throws IOException, InterruptedException {
        double chance = random.nextDouble();
        if (chance < 0.7) {
            return type();
        }
        if (chance < 0.85) {
            return openCircuits("storybook-" + (1 + random.nextInt(2)) + "l");
        }
        return chance < 0.93 ? navigate("/findings", "") : navigate("/models", "");
    }

    /** Types another sentence into Explore. The time that its pictures took, in milliseconds. */
    double type() throws IOException, InterruptedException {
        StringBuilder sentence = new StringBuilder("One day");
        for (int i = 0; i < 8 + random.nextInt(16); i++) {
            sentence.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return navigate(
                "/explore",
                "model=storybook-2l&text=" + escaped(sentence.toString()) + "&heads=L1H" + random.nextInt(4)
                        + "&dest=6&src=2&tab=" + TABS.get(random.nextInt(TABS.size())));
    }

    /** Opens the circuits of a model. The time until the page answered, in milliseconds. */
    double openCircuits(String model) throws IOException, InterruptedException {
        return navigate("/circuits", "model=" + model + "&head=L0H" + random.nextInt(4));
    }

    /** Goes to a page by its link. The time that its answer took, in milliseconds. */
    double navigate(String route, String query) throws IOException, InterruptedException {
        String body = "{\"csrfToken\":\"" + key + "\",\"rpc\":[{\"type\":\"event\",\"node\":1,\"event\":\"ui-navigate\","
                + "\"data\":{\"route\":\"" + route + "\",\"query\":\"" + query + "\",\"appShellTitle\":\"Headlight\","
                + "\"historyState\":{\"idx\":" + sent + "},\"trigger\":\"history\"}}],\"syncId\":" + sync + ",\"clientId\":"
                + sent + "}";
        sent++;
        long begun = System.nanoTime();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(root + "/?v-r=uidl&v-uiId=0"))
                        .header("Content-Type", "application/json; charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        double took = (System.nanoTime() - begun) / 1e6;
        String text = answer.body();
        if (answer.statusCode() != 200 || text.contains("\"appError\"") || text.contains("sessionExpired")) {
            throw new IOException(route + "?" + query + " was answered with " + answer.statusCode() + " "
                    + text.substring(0, Math.min(300, text.length())));
        }
        sync = Integer.parseInt(found(SYNC, text));
        return took;
    }

    /** The push channel stays open and what comes over it is dropped. */
    private void listen(String push) {
        String address = root.replace("http", "ws") + "/VAADIN/push?v-r=push&v-uiId=0&v-pushId=" + push
                + "&X-Atmosphere-tracking-id=0&X-Atmosphere-Framework=4.0.1-javascript&X-Atmosphere-Transport=websocket"
                + "&X-Atmosphere-TrackMessageSize=true&Content-Type=application%2Fjson%3B+charset%3DUTF-8"
                + "&X-atmo-protocol=true";
        client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new WebSocket.Listener() {})
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Accept", "text/html,*/*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException(
                    "an answer has no " + pattern + ": " + text.substring(0, Math.min(300, text.length())));
        }
        return matcher.group(1);
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
