package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.NotAllowedException;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PresentationsTest extends OnBothDatabases {

    @Test
    void followersSeeThePresentersSlideOnAnyServer() throws InterruptedException {
        Presentation begun = node.presentations.start(ben, collection(3));
        assertThat(begun.code()).matches("[1-9A-HJ-NP-Za-km-z]{8}");
        assertThat(begun.slide()).isZero();
        // H2 has one process to itself; there the other server is this one
        try (HikariDataSource second = Databases.pool(database.getJdbcUrl());
                Node other = kind == Kind.H2 ? null : new Node(second)) {
            Node there = other == null ? node : other;
            BlockingQueue<Optional<Presentation>> seen = new LinkedBlockingQueue<>();
            Thread.sleep(other == null ? 0 : 300);
            Runnable letGo = there.presentations.follow(begun.code(), seen::add);
            node.presentations.show(ben, begun.code(), 2);
            assertThat(seen.poll(2, TimeUnit.SECONDS))
                    .hasValueSatisfying(now -> assertThat(now.slide()).isEqualTo(2));
            node.presentations.show(ben, begun.code(), 99);
            assertThat(seen.poll(2, TimeUnit.SECONDS))
                    .hasValueSatisfying(now -> assertThat(now.slide()).isEqualTo(2));
            letGo.run();
            node.presentations.show(ben, begun.code(), -1);
            assertThat(seen.poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(there.presentations.find(begun.code()).orElseThrow().slide())
                    .as("who comes back finds the presenter")
                    .isZero();
            there.presentations.follow(begun.code(), seen::add);
            node.presentations.end(ben, begun.code());
            assertThat(seen.poll(2, TimeUnit.SECONDS)).isEmpty();
            assertThat(there.presentations.find(begun.code())).isEmpty();
        }
    }

    @Test
    void onlyThePresenterMovesIt() {
        Presentation begun = node.presentations.start(ben, collection(2));
        assertThatThrownBy(() -> node.presentations.show(ada, begun.code(), 1)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> node.presentations.end(ada, begun.code())).isInstanceOf(NotAllowedException.class);
        assertThat(node.presentations.find(begun.code())).contains(begun);
        assertThat(node.presentations.of(ben.id())).containsExactly(begun);
        node.presentations.end(root, begun.code());
        assertThatThrownBy(() -> node.presentations.show(ben, begun.code(), 1)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.presentations.start(ben, 999)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsDoneToASlidesPicturesIsToldUntilTheNextSlide() {
        Presentation begun = node.presentations.start(ben, collection(2));
        assertThat(begun.views()).isEmpty();
        String views = "explore?model=toy&dest=2\n\ncircuits?model=toy";
        Presentation looked = node.presentations.look(ben, begun.code(), 0, views);
        assertThat(looked.views()).isEqualTo(views);
        assertThat(looked.moves()).isGreaterThan(begun.moves());
        assertThat(node.presentations
                        .look(ben, begun.code(), 1, "explore?model=b")
                        .views())
                .as("of a slide that is not shown (any more)")
                .isEqualTo(views);
        assertThatThrownBy(() -> node.presentations.look(ben, begun.code(), 0, "https://elsewhere.example"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> node.presentations.look(ada, begun.code(), 0, views))
                .isInstanceOf(NotAllowedException.class);
        assertThat(node.presentations.show(ben, begun.code(), 1).views()).isEmpty();
    }

    @Test
    void afterADayItIsOver() {
        Presentation begun = node.presentations.start(ben, collection(1));
        node.jdbc
                .sql("update presentation set started_at = ?")
                .param(Limits.now().minusHours(25))
                .update();
        assertThat(node.presentations.find(begun.code())).isEmpty();
        node.presentations.start(ben, begun.collection());
        assertThat(node.jdbc
                        .sql("select count(*) from presentation")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private long collection(int slides) {
        long id = node.collections.create(ada, "x").id();
        for (int i = 0; i < slides; i++) {
            node.collections.add(
                    ada,
                    id,
                    node.findings.add(ada, Node.content("f" + i, "L0H0")).id(),
                    "");
        }
        return id;
    }
}
