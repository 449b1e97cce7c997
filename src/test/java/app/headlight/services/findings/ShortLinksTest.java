package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShortLinksTest extends OnBothDatabases {

    @Test
    void theSameAddressHasTheSameCode() {
        String code = node.links.code(null, "explore?model=toy");
        assertThat(code).matches("[1-9A-HJ-NP-Za-km-z]{8}");
        assertThat(node.links.code(ada, "/explore?model=toy")).isEqualTo(code);
        assertThat(node.links.address(code)).contains("explore?model=toy");
        assertThat(node.links.code(ada, "explore?model=Toy")).isNotEqualTo(code);
        String longest = "explore?text=" + "a".repeat(7_987);
        assertThat(node.links.address(node.links.code(ada, longest))).contains(longest);
        assertThat(node.links.address("nosuch")).isEmpty();
        assertThat(node.links.address("\0")).isEmpty();
    }

    @Test
    void onlyOurOwnPagesHaveOne() {
        for (String address : List.of("https://evil.invalid", "//evil.invalid", "javascript:alert(1)", "s/abc", "")) {
            assertThatThrownBy(() -> node.links.code(ada, address)).hasMessageContaining("own pages");
        }
    }

    @Test
    void ofManyWhoAskAtOnceAllGetTheSame() throws Exception {
        Set<String> codes = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> asks = Stream.generate(
                            () -> (Callable<String>) () -> node.links.code(ada, "explore?model=busy"))
                    .limit(16)
                    .toList();
            for (Future<String> code : threads.invokeAll(asks)) {
                codes.add(code.get());
            }
        }
        assertThat(codes).hasSize(1);
    }
}
