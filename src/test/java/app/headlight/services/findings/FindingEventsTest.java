package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Databases;
import app.headlight.Databases.Kind;
import app.headlight.ground.people.Account;
import app.headlight.services.findings.FindingChange.Sort;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingEventsTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    @ParameterizedTest
    @MethodSource("app.headlight.Databases#all")
    void eachChangeIsToldOnceAfterItIsStored(Kind kind) throws InterruptedException {
        try (HikariDataSource database = kind.fresh();
                Node node = new Node(database)) {
            Account ada = node.member("Ada");
            Account ben = node.member("Ben");
            BlockingQueue<FindingChange> told = new LinkedBlockingQueue<>();
            Runnable end = node.events.listen(change -> {
                // what is read on this thread is what everyone reads
                if (change.sort() == Sort.ADDED) {
                    assertThat(node.findings.find(change.finding())).isPresent();
                }
                told.add(change);
            });
            node.events.listen(change -> {
                throw new IllegalStateException("one listener's trouble is not another's");
            });
            long id = node.findings.add(ada, Node.content("x", "L0H0")).id();
            // before this thread deletes the finding, which it could do sooner than the other one tells of it
            assertThat(told.poll(2, TimeUnit.SECONDS)).isEqualTo(new FindingChange(Sort.ADDED, id, "toy"));
            node.findings.edit(ada, id, 1, Node.content("y", "L0H0"));
            node.findings.edit(ada, id, 1, Node.content("conflict", "L0H0"));
            node.discussion.vote(ben, id, true, "");
            node.discussion.comment(ben, id, "z");
            node.transaction.executeWithoutResult(status -> {
                node.findings.add(ada, Node.content("rolled back", "L0H0"));
                status.setRollbackOnly();
            });
            node.findings.delete(ada, id);
            for (Sort sort : new Sort[] {Sort.EDITED, Sort.VOTE, Sort.COMMENT, Sort.DELETED}) {
                assertThat(told.poll(2, TimeUnit.SECONDS)).isEqualTo(new FindingChange(sort, id, "toy"));
            }
            end.run();
            node.findings.add(ada, Node.content("unheard", "L0H0"));
            assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void serversOnOnePostgresHearEachOtherAlsoAfterTheirConnectionsWereCut() throws InterruptedException {
        String url = Kind.POSTGRESQL.freshUrl();
        try (HikariDataSource one = Databases.pool(url);
                HikariDataSource other = Databases.pool(url);
                Node here = new Node(one);
                Node there = new Node(other)) {
            Account ada = here.member("Ada");
            BlockingQueue<FindingChange> heardHere = new LinkedBlockingQueue<>();
            BlockingQueue<FindingChange> heardThere = new LinkedBlockingQueue<>();
            here.events.listen(heardHere::add);
            there.events.listen(heardThere::add);
            awaitListening(here, 2);

            long id = here.findings.add(ada, Node.content("x", "L0H0")).id();
            FindingChange added = new FindingChange(Sort.ADDED, id, "toy");
            assertThat(next(heardThere)).isEqualTo(added);
            assertThat(next(heardHere)).isEqualTo(added);
            there.findings.edit(ada, id, 1, Node.content("y", "L0H0"));
            assertThat(next(heardHere)).isEqualTo(new FindingChange(Sort.EDITED, id, "toy"));
            assertThat(next(heardThere)).isEqualTo(new FindingChange(Sort.EDITED, id, "toy"));

            for (int cut = 0; cut < 3; cut++) {
                int killed = here.jdbc
                        .sql("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                + " where datname = current_database() and query = 'listen headlight'")
                        .query(Integer.class)
                        .single();
                assertThat(killed).isEqualTo(2);
                assertThat(next(heardThere).sort()).isEqualTo(Sort.MISSED);
                assertThat(next(heardHere).sort()).isEqualTo(Sort.MISSED);
                here.findings.edit(ada, id, 2 + cut, Node.content("cut " + cut, "L0H0"));
                assertThat(next(heardThere)).isEqualTo(new FindingChange(Sort.EDITED, id, "toy"));
                assertThat(next(heardHere)).isEqualTo(new FindingChange(Sort.EDITED, id, "toy"));
            }
            assertThat(heardHere.poll(200, TimeUnit.MILLISECONDS))
                    .as("nothing is told twice")
                    .isNull();
            assertThat(heardThere).isEmpty();
        }
    }

    private static @Nullable FindingChange next(BlockingQueue<FindingChange> heard) throws InterruptedException {
        return heard.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void awaitListening(Node node, int servers) throws InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            int listening = node.jdbc
                    .sql("select count(*) from pg_stat_activity"
                            + " where datname = current_database() and query = 'listen headlight'")
                    .query(Integer.class)
                    .single();
            if (listening == servers) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the servers do not listen");
    }
}
