package app.headlight.services.hub;

import static app.headlight.services.hub.LocalHub.MODEL;
import static app.headlight.services.hub.LocalHub.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Progress;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that do not come, or are not those that the hub says: nothing of them is kept. */
@Timeout(30)
class HubFetchRefusedTest extends FetchingTest {

    @Test
    void whoCutsAlwaysIsGivenUp() {
        hub.cuts.addAll(List.of(10, 10, 10, 10, 10, 10, 10));
        refused()
                .isEqualTo("model.safetensors of owner/model was cut off 6 times, at last after 60 of 300000 bytes:"
                        + " cdn.test ended the connection too early. Try again later.");
        assertThat(hub.askedCdn).hasSize(6);
    }

    @Test
    void whatDoesNotPassIsNotAskedAgain() {
        HubModel model = hub.client(null).look(MODEL);
        hub.instead.put(RESOLVE + WEIGHTS, Handlers.refusal(404, "EntryNotFound"));
        refused(model).isEqualTo("owner/model has no file model.safetensors");
        assertThat(hub.askedHub.stream().filter(asked -> asked.path().equals(RESOLVE + WEIGHTS)))
                .hasSize(1);
    }

    @Test
    void anotherPlaceThanAskedIsNotTaken() {
        AtomicInteger times = new AtomicInteger();
        HttpHandler wrong = exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 200-299999/300000");
            exchange.sendResponseHeaders(206, 299_800);
            exchange.getResponseBody().write(Arrays.copyOfRange(hub.files.get(WEIGHTS), 200, 300_000));
            exchange.close();
        };
        hub.instead.put(BLOB, exchange -> {
            if (times.getAndIncrement() == 0) {
                exchange.sendResponseHeaders(200, 300_000);
                exchange.getResponseBody().write(hub.files.get(WEIGHTS), 0, 100);
                exchange.getResponseBody().flush();
                exchange.close();
            } else {
                wrong.handle(exchange);
            }
        });
        refused().contains("at last after 100 of 300000 bytes: cdn.test continues the file at another place");
    }

    @Test
    void aWrongChecksumOfALargeFileIsRefused() {
        HubModel model = hub.client(null).look(MODEL);
        hub.files.get(WEIGHTS)[299_999]++;
        refused(model).startsWith("model.safetensors of owner/model has not the checksum that the hub says, SHA-256 ");
    }

    @Test
    void aWrongChecksumOfASmallFileIsRefused() {
        HubModel model = hub.client(null).look(MODEL);
        hub.put("tokenizer.json", "{\"model\": []}");
        refused(model).startsWith("tokenizer.json of owner/model has not the checksum that the hub says, git's SHA-1 ");
    }

    @Test
    void aWrongSizeIsRefused() {
        HubModel model = hub.client(null).look(MODEL);
        hub.putLarge(WEIGHTS, new byte[299_999]);
        refused(model).isEqualTo("model.safetensors of owner/model has 299999 bytes at cdn.test; the hub says 300000");
    }

    @Test
    void moreThanWasSaidIsNotWritten() {
        HubModel model = hub.client(null).look(MODEL);
        hub.instead.put(BLOB, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(hub.files.get(WEIGHTS));
            }
        });
        refused(model).isEqualTo("model.safetensors of owner/model is longer than the 300000 bytes that the hub says");
    }

    @Test
    void withoutRoomNothingIsAskedFor() {
        HubModel small = hub.client(null).look(MODEL);
        HubFile large = new HubFile("large", HubFile.MOST_BYTES, new Sum(Sum.Kind.GIT, "0".repeat(40)));
        List<HubFile> many = Stream.generate(() -> large).limit(1000).toList();
        int asked = hub.askedHub.size();
        refused(new HubModel(MODEL, small.commit(), null, false, small.config(), many))
                .startsWith("owner/model has 17,592,186,045 MB; this server has room for ");
        assertThat(hub.askedHub).hasSize(asked);
    }

    @Test
    void nothingIsReplaced() throws IOException {
        HubModel model = hub.client(null).look(MODEL);
        Files.createDirectory(folder);
        Files.writeString(folder.resolve(WEIGHTS), "of somebody", StandardCharsets.UTF_8);
        int asked = hub.askedHub.size();
        assertThatThrownBy(() -> hub.client(null).fetch(model, folder, Progress.UNWATCHED))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(hub.askedHub).hasSize(asked);
        assertThat(left()).containsExactly(WEIGHTS);
        assertThat(folder.resolve(WEIGHTS)).hasContent("of somebody");
    }

    private AbstractStringAssert<?> refused() {
        return refused(hub.client(null).look(MODEL));
    }

    /** That it is refused, and nothing left behind. */
    private AbstractStringAssert<?> refused(HubModel model) {
        AbstractStringAssert<?> message = assertThatThrownBy(
                        () -> hub.client(null).fetch(model, folder, Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .message();
        assertThat(folder).doesNotExist();
        return message;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
