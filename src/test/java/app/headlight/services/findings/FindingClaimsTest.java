package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.ClaimRows;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Sample;
import app.headlight.services.claims.Statement;
import app.headlight.services.claims.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class FindingClaimsTest extends OnBothDatabases {

    private static final String HASH = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);
    private static final Statement INDUCTION = Statement.parse("score(L1H3, induction) ≥ 0.8");
    private static final Statement COPYING = Statement.parse("copying(L1H3) ≥ 0.5");

    @Test
    void aFindingIsAddedWithItsClaimsOrNotAtAll() {
        Finding finding = node.findingClaims.add(ada, Node.content("x", "L1H3"), List.of(INDUCTION, COPYING, COPYING));
        assertThat(finding.claims().inWords()).isEqualTo("all 2 claims are not measured yet");
        List<Statement> many = IntStream.rangeClosed(0, Claims.MOST)
                .mapToObj(i -> Statement.parse("copying(L1H3) ≥ 0." + (100 + i)))
                .toList();
        assertThatThrownBy(() -> node.findingClaims.add(ada, Node.content("y", "L1H3"), many))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("41 claims");
        assertThat(node.search.page(FindingQuery.all(10)).total()).isEqualTo(1);
        assertThatThrownBy(() -> node.findingClaims.add(ben, finding.id(), List.of(INDUCTION)))
                .isInstanceOf(NotAllowedException.class);
        node.findingClaims.add(root, finding.id(), List.of(Statement.parse("copying(L1H3) ≤ 1")));
        assertThat(node.claims.of(finding.id())).extracting(Claim::by).containsExactly("Ada", "Ada", "Root");
    }

    /** A verdict is that on the present weights; what was measured on others stays beside it. */
    @Test
    void aVerdictGoesWithTheWeights() {
        node.model("toy", HASH);
        Finding finding = node.findingClaims.add(ada, Node.content("x", "L1H3"), List.of(COPYING));
        measure(finding, 0, HASH, 0.9);
        assertThat(verdict(finding)).isEqualTo(Verdict.HOLDS);
        node.model("toy", OTHER);
        assertThat(verdict(finding)).isEqualTo(Verdict.UNMEASURED);
        measure(finding, 0, OTHER, 0.1);
        assertThat(verdict(finding)).isEqualTo(Verdict.FAILS);
        Claim claim = node.claims.of(finding.id()).getFirst();
        assertThat(claim.verdict()).isEqualTo(Verdict.FAILS);
        assertThat(claim.before()).hasSize(1);
        assertThat(claim.verdict(claim.before().getFirst())).isEqualTo(Verdict.HOLDS);
        node.model("toy", HASH);
        assertThat(node.claims.of(finding.id()).getFirst().verdict())
                .as("the old weights are back, and so is what was measured of them")
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void findingsAreFoundByVerdict() {
        node.model("toy", HASH);
        Finding holds = node.findingClaims.add(ada, Node.content("holds", "L1H3"), List.of(COPYING));
        measure(holds, 0, HASH, 0.9);
        Finding both = node.findingClaims.add(ada, Node.content("both", "L1H3"), List.of(COPYING, INDUCTION));
        measure(both, 0, HASH, 0.9);
        Finding fails = node.findingClaims.add(ada, Node.content("fails", "L1H3"), List.of(COPYING));
        measure(fails, 0, HASH, 0.1);
        node.findingClaims.add(ada, Node.content("none", "L1H3"), List.of());
        assertThat(titles(Verdict.HOLDS)).containsExactly("holds");
        assertThat(titles(Verdict.FAILS)).containsExactly("fails");
        assertThat(titles(Verdict.UNMEASURED)).containsExactly("both");
        assertThat(titles(Verdict.IMPOSSIBLE)).isEmpty();
        assertThat(node.search.badges("toy").get(new HeadId(1, 3)).claims().inWords())
                .isEqualTo("4 claims: 1 fails, 1 is not measured yet, 2 hold");
        node.findingClaims.withdraw(
                ada, fails.id(), node.claims.of(fails.id()).getFirst().id());
        assertThat(titles(Verdict.FAILS)).isEmpty();
    }

    /** However many findings there are, the list, the badges and all claims take the same few questions. */
    @Test
    void twoHundredFindingsTakeAFewQuestions() {
        node.model("toy", HASH);
        List<Long> ids = IntStream.range(0, 200)
                .mapToObj(i -> node.findingClaims.add(ada, Node.content("x" + i, "L1H3"), List.of(COPYING, INDUCTION)))
                .peek(finding -> measure(finding, 0, HASH, 0.9))
                .map(Finding::id)
                .toList();
        AtomicInteger asked = new AtomicInteger();
        try (Node counted = new Node(counting(database, asked))) {
            asked.set(0);
            FindingPage page = counted.search.page(FindingQuery.all(200));
            assertThat(page.findings()).hasSize(200);
            assertThat(page.findings()).allMatch(finding -> finding.claims().total() == 2);
            assertThat(asked.getAndSet(0)).isEqualTo(2);
            assertThat(counted.claims.of(ids)).hasSize(400);
            assertThat(asked.getAndSet(0)).isEqualTo(2);
            assertThat(counted.export.model("toy", FindingsExport.Format.JSON).split("copying\\(L1H3\\)"))
                    .hasSize(201);
            assertThat(asked.getAndSet(0)).as("of an export").isEqualTo(6);
            counted.search.badges("toy");
            assertThat(asked.getAndSet(0)).isEqualTo(1);
            Claims.OfHead ofHead = counted.claims.ofHead("toy", new HeadId(1, 3), 20);
            assertThat(asked.getAndSet(0)).isEqualTo(3);
            assertThat(ofHead.standing().total()).isEqualTo(400);
            assertThat(ofHead.newest()).hasSize(20).allMatch(claim -> claim.finding() > ids.get(189));
            assertThat(ofHead.newest().getFirst().inWords())
                    .isEqualTo(counted.claims.of(ids.getLast()).getLast().inWords());
            assertThat(counted.claims.ofHead("toy", new HeadId(1, 2), 20).newest())
                    .isEmpty();
        }
    }

    /** What people wrote goes with their account; what they claimed on others' findings stays, by a former member. */
    @Test
    void claimsStayWhenTheirAuthorGoes() {
        Finding finding = node.findings.add(ada, Node.content("x", "L1H3"));
        node.findings.setCoauthor(ada, finding.id(), ben.id(), true);
        node.findingClaims.add(ben, finding.id(), List.of(COPYING));
        assertThat(node.records.export(ben.id()).at("/claims/0/claim").asString())
                .isEqualTo("copying(L1H3) ≥ 0.5");
        node.records.delete(ben.id());
        assertThat(node.claims.of(finding.id()).getFirst().by()).isEqualTo(Author.FORMER);
    }

    private Verdict verdict(Finding finding) {
        return node.findings.find(finding.id()).orElseThrow().claims().first().orElseThrow();
    }

    private List<String> titles(Verdict verdict) {
        return node.search.page(FindingQuery.all(10).withVerdict(verdict)).findings().stream()
                .map(finding -> finding.content().title())
                .toList();
    }

    private void measure(Finding finding, int claim, String hash, double value) {
        new ClaimRows(node.jdbc)
                .add(
                        node.claims.of(finding.id()).get(claim).id(),
                        1,
                        new Sample(0, hash, value, null, OffsetDateTime.now(ZoneOffset.UTC)));
    }

    /** The same database; each question to it is counted. */
    private static DataSource counting(DataSource database, AtomicInteger asked) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, values) -> {
                            if (method.getName().equals("prepareStatement")) {
                                asked.incrementAndGet();
                            }
                            try {
                                return method.invoke(connection, values);
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
            }
        };
    }
}
