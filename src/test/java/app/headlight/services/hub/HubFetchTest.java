package app.headlight.services.hub;

import static app.headlight.services.hub.LocalHub.MODEL;
import static app.headlight.services.hub.LocalHub.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.transformer.Progress;
import app.headlight.services.hub.LocalHub.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching the files, with everything that can go wrong on the way. */
@Timeout(30)
class HubFetchTest extends FetchingTest {

    @Test
    void everyFileArrivesAsItIs() throws IOException {
        List<Double> told = new ArrayList<>();
        Thread own = Thread.currentThread();
        fetch(done -> {
            assertThat(Thread.currentThread()).isSameAs(own);
            return told.add(done);
        });
        assertThat(left()).containsExactly("config.json", WEIGHTS, "tokenizer.json");
        for (String file : left()) {
            assertThat(folder.resolve(file)).hasBinaryContent(hub.files.get(file));
        }
        assertThat(told).isSorted().first().isEqualTo(0.0);
        assertThat(told).last().isEqualTo(1.0);
        assertThat(hub.askedCdn)
                .containsExactly(new Asked(BLOB, null, null, null, "[type=host_name (0), value=cdn.test]"));
    }

    @Test
    void afterACutItContinuesBehindWhatHasCome() throws IOException {
        hub.cuts.addAll(List.of(100_000, 0, 150_000));
        fetch(Progress.UNWATCHED);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
        assertThat(hub.askedCdn)
                .extracting(Asked::range)
                .containsExactly(null, "bytes=100000-", "bytes=100000-", "bytes=250000-");
        assertThat(hub.askedCdn).extracting(Asked::ifRange).containsExactly(null, hub.tag, hub.tag, hub.tag);
        assertThat(hub.askedHub.stream().filter(asked -> asked.path().equals(RESOLVE + WEIGHTS)))
                .hasSize(4);
    }

    @Test
    void anotherFileAfterACutIsFetchedFromItsBeginning() throws IOException {
        hub.instead.put(BLOB, exchange -> {
            hub.instead.remove(BLOB);
            exchange.getResponseHeaders().set("ETag", "\"as-it-was\"");
            exchange.sendResponseHeaders(200, 300_000);
            exchange.getResponseBody().write(new byte[5_000]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        fetch(Progress.UNWATCHED);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
        assertThat(hub.askedCdn)
                .last()
                .extracting(Asked::range, Asked::ifRange)
                .containsExactly("bytes=5000-", "\"as-it-was\"");
    }

    @Test
    void aWeakTagIsNotSentBack() throws IOException {
        hub.tag = "W/\"weak\"";
        hub.cuts.add(100_000);
        fetch(Progress.UNWATCHED);
        assertThat(hub.askedCdn).last().extracting(Asked::range, Asked::ifRange).containsExactly("bytes=100000-", null);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
    }

    @Test
    void whoCutsAfterEveryGoodPieceIsNot() throws IOException {
        byte[] weights = new byte[(7 << 20) + 100];
        hub.putLarge(WEIGHTS, weights);
        for (int i = 0; i < 7; i++) {
            hub.cuts.add((1 << 20) + 1);
        }
        fetch(Progress.UNWATCHED);
        assertThat(hub.askedCdn).hasSize(8);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
    }

    @Test
    void aSilentServerCountsAsACut() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        hub.instead.put(BLOB, Handlers.stalled(hub.files.get(WEIGHTS), 1_000, end));
        HubModel model = hub.client(null).look(MODEL);
        hub.client(null, Duration.ofMillis(700), Duration.ofSeconds(20)).fetch(model, folder, done -> {
            if (done > 0.003) {
                hub.instead.remove(BLOB);
            }
            return true;
        });
        end.countDown();
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
        assertThat(hub.askedCdn).last().extracting(Asked::range).isEqualTo("bytes=1000-");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 408, 429, 500, 503})
    void whatPassesIsAskedAgain(int status) throws IOException {
        hub.instead.put(BLOB, exchange -> {
            hub.instead.remove(BLOB);
            Handlers.refusal(status, null).handle(exchange);
        });
        fetch(Progress.UNWATCHED);
        assertThat(hub.askedCdn).hasSize(2);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
    }

    @Test
    void itIsCancelledAtOnceAlsoWhileNothingComes() {
        hub.putLarge("tokenizer.json", new byte[200_000]);
        hub.instead.put(BLOB, Handlers.stalled(hub.files.get(WEIGHTS), 100_000, new CountDownLatch(1)));
        HubModel model = hub.client(null).look(MODEL);
        Hub patient = hub.client(null, Duration.ofMinutes(10), Duration.ofSeconds(20));
        long begin = System.nanoTime();
        assertThatThrownBy(() -> patient.fetch(model, folder, done -> done < 0.5))
                .isInstanceOf(CancellationException.class)
                .hasMessageMatching("cancelled when (5\\d|60) % was done");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(folder).doesNotExist();
    }

    @Test
    void anInterruptCancelsToo() {
        hub.instead.put(BLOB, Handlers.stalled(hub.files.get(WEIGHTS), 100_000, new CountDownLatch(1)));
        HubModel model = hub.client(null).look(MODEL);
        Hub patient = hub.client(null, Duration.ofMinutes(10), Duration.ofSeconds(20));
        Thread own = Thread.currentThread();
        assertThatThrownBy(() -> patient.fetch(model, folder, done -> {
                    if (done > 0.3) {
                        own.interrupt();
                    }
                    return true;
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder).doesNotExist();
    }

    private void fetch(Progress progress) throws IOException {
        Hub client = hub.client(null);
        client.fetch(client.look(MODEL), folder, progress);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
