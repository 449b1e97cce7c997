package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.ground.people.NotAllowedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FindingCollectionsTest extends OnBothDatabases {

    @Test
    void slidesStandInTheOrderThatTheyArePutIn() {
        long id = node.collections.create(ada, " Induction ").id();
        long a = finding("a");
        long b = finding("b");
        long c = finding("c");
        node.collections.add(ada, id, a, "say *a*");
        node.collections.add(ada, id, b, "");
        node.collections.add(ada, id, c, "");
        assertThat(titles(id)).containsExactly("a", "b", "c");
        node.collections.move(ada, id, c, 0);
        assertThat(titles(id)).containsExactly("c", "a", "b");
        node.collections.move(ada, id, c, 1);
        assertThat(titles(id)).containsExactly("a", "c", "b");
        node.collections.move(ada, id, a, 99);
        assertThat(titles(id)).containsExactly("c", "b", "a");
        node.collections.setNotes(ada, id, c, "say c");
        node.collections.remove(ada, id, b);
        FindingCollection collection = node.collections.rename(ada, id, "Heads");
        assertThat(collection.title()).isEqualTo("Heads");
        assertThat(collection.owner().name()).isEqualTo("Ada");
        assertThat(collection.slides()).extracting(Slide::notes).containsExactly("say c", "say *a*");
        assertThat(node.collections.all()).containsExactly(collection);
    }

    @Test
    void aDeletedFindingIsNoSlide() {
        long id = node.collections.create(ada, "x").id();
        long a = finding("a");
        long b = finding("b");
        long c = finding("c");
        List.of(a, b, c).forEach(finding -> node.collections.add(ada, id, finding, ""));
        node.findings.delete(ada, b);
        assertThat(titles(id)).containsExactly("a", "c");
        node.collections.move(ada, id, c, 0);
        assertThat(titles(id)).containsExactly("c", "a");
    }

    @Test
    void whatMayNotBeIsRefusedInWords() {
        long id = node.collections.create(ada, "x").id();
        long a = finding("a");
        node.collections.add(ada, id, a, "");
        assertThatThrownBy(() -> node.collections.add(ada, id, a, "")).hasMessageContaining("already");
        assertThatThrownBy(() -> node.collections.add(ada, id, 999, "")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.collections.move(ada, id, 999, 0)).hasMessageContaining("not in");
        assertThatThrownBy(() -> node.collections.create(ada, " ")).hasMessageContaining("empty");
        for (Runnable his : List.<Runnable>of(
                () -> node.collections.add(ben, id, a, ""),
                () -> node.collections.remove(ben, id, a),
                () -> node.collections.rename(ben, id, "y"),
                () -> node.collections.delete(ben, id))) {
            assertThatThrownBy(his::run).isInstanceOf(NotAllowedException.class).hasMessageContaining("Ada");
        }
        assertThat(titles(id)).containsExactly("a");
        node.collections.delete(root, id);
        assertThat(node.collections.find(id)).isEmpty();
        assertThatThrownBy(() -> node.collections.rename(ada, id, "y")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void additionsAtOnceAllStay() throws Exception {
        long id = node.collections.create(ada, "x").id();
        List<Long> findings = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            findings.add(finding("f" + i));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<FindingCollection>> added = findings.stream()
                    .map(finding -> threads.submit(() -> node.collections.add(ada, id, finding, "")))
                    .toList();
            for (Future<FindingCollection> one : added) {
                one.get();
            }
        }
        assertThat(titles(id)).hasSize(12).doesNotHaveDuplicates();
    }

    private long finding(String title) {
        return node.findings.add(ada, Node.content(title, "L0H0")).id();
    }

    private List<String> titles(long id) {
        return node.collections.find(id).orElseThrow().slides().stream()
                .map(slide -> slide.finding().content().title())
                .toList();
    }
}
