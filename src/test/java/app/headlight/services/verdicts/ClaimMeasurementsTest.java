package app.headlight.services.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Pooled;
import app.headlight.services.claims.Sample;
import app.headlight.services.claims.Statement;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.services.jobs.Job;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.measures.Measure;
import app.headlight.services.measures.Measured;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ClaimMeasurementsTest extends SharedServer {

    private static final String BY_HAND = "induction-by-hand";
    private static final String TRAINED = "storybook-2l";

    @Autowired
    private FindingClaims findings;

    @Autowired
    private Findings all;

    @Autowired
    private Claims claims;

    @Autowired
    private ClaimMeasurements measurements;

    @Autowired
    private ChangedModels changed;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private HeadScores scores;

    @Autowired
    private Measures measures;

    private Account ada;

    @BeforeEach
    void signIn() {
        ada = account("ada of claims", Role.MEMBER);
    }

    /** Of each kind one that is true, one that is false, and one that has no value; by the card of the model. */
    @Test
    void claimsOfEachKindComeOutAsTheyAre() {
        Finding finding = claim(
                BY_HAND,
                "score(L1H0, induction) ≥ 0.8",
                "score(L1H1, induction) ≥ 0.8",
                "score(L2H0, induction) ≥ 0.8",
                "copying(L1H0) ≥ 0.9",
                "copying(L0H1) ≥ 0.9",
                "copying(L1H7) ≥ 0.9",
                "composition(K, L0H0, L1H0) ≥ 0.04",
                "composition(Q, L0H0, L1H0) ≥ 0.04",
                "composition(K, L0H0, L2H0) ≥ 0.04",
                "ablating(L1H0, induction) ≥ 4",
                "ablating(L1H1, induction) ≥ 4",
                "ablating(MLP0, induction) ≥ 4",
                "circuit(induction, logit_diff, embed->L0H0.v, embed->L0H0.k, embed->L0H0.q, embed->L1H0.q,"
                        + " embed->L1H0.v, embed->L1H0.k, L1H0->logits, embed->logits, L0H0->L1H0.k) ≥ 0.9",
                "circuit(induction, logit_diff, embed->logits) ≥ 0.9",
                "circuit(induction, logit_diff, embed->MLP1) ≥ 0.9");
        List<Claim> measured = measured(finding);
        for (int kind = 0; kind < 5; kind++) {
            assertThat(measured.get(3 * kind).verdict())
                    .as("%s", measured.get(3 * kind).inWords())
                    .isEqualTo(Verdict.HOLDS);
            assertThat(measured.get(3 * kind + 1).verdict())
                    .as("%s", measured.get(3 * kind + 1).inWords())
                    .isEqualTo(Verdict.FAILS);
            assertThat(measured.get(3 * kind + 2).verdict())
                    .as("%s", measured.get(3 * kind + 2).inWords())
                    .isEqualTo(Verdict.IMPOSSIBLE);
        }
        assertThat(measured.get(2).now().orElseThrow().reason()).contains("there is no head L2H0");
        assertThat(all.find(finding.id()).orElseThrow().claims().inWords())
                .isEqualTo("15 claims: 5 fail, 5 cannot be measured, 5 hold");
    }

    @Test
    void theInductionHeadOfATrainedModelIsOne() {
        OpenModel model = library.open(TRAINED).orElseThrow();
        HeadId head = scores.strongest(model).orElseThrow();
        double induction = scores.of(model).get(head).induction();
        List<Claim> measured = measured(claim(
                TRAINED,
                Statement.suggested(Measure.parse("score(" + head + ", induction)"), induction)
                        .toString(),
                "score(" + head + ", previous) ≥ 0.8"));
        assertThat(measured).extracting(Claim::verdict).containsExactly(Verdict.HOLDS, Verdict.FAILS);
    }

    /** Each value is that of its seed, and the seeds of two findings that claim the same differ. */
    @Test
    void valuesAreThoseOfTheirSeeds() {
        OpenModel model = library.open(BY_HAND).orElseThrow();
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            Claim claim =
                    measured(claim(BY_HAND, "score(L1H0, induction) ≥ 0.5")).getFirst();
            Pooled now = claim.now().orElseThrow();
            assertThat(now.count()).isEqualTo(10);
            assertThat(now.modelHash()).isEqualTo(model.stored().hash());
            for (Sample sample : now.samples()) {
                assertThat(sample.at()).isAfter(claim.savedAt());
                assertThat(measures.get(model, claim.statement().measure(), sample.seed()))
                        .isEqualTo(new Measured.Value(sample.value()));
                seeds.add(sample.seed());
            }
        }
        assertThat(seeds).hasSize(20);
    }

    /** However often a borderline claim is measured, all measurements count: the mean does not depend on when one stops. */
    @Test
    void measuringAgainPools() {
        OpenModel model = library.open(TRAINED).orElseThrow();
        HeadId head = scores.strongest(model).orElseThrow();
        String measure = "score(" + head + ", induction)";
        Finding finding = claim(
                TRAINED,
                measure + " ≥ "
                        + String.format(
                                Locale.ROOT, "%.4f", scores.of(model).get(head).induction()),
                "copying(" + head + ") ≥ 0");
        measured(finding);
        List<Double> seen = new ArrayList<>(values(finding));
        for (int round = 2; round <= 4; round++) {
            measurements.measure(account("ben of claims", Role.MEMBER), finding.id());
            measured(finding);
            List<Double> now = values(finding);
            assertThat(now).as("round %d", round).hasSize(10 * round);
            assertThat(now.subList(0, seen.size())).isEqualTo(seen);
            seen = now;
        }
        Pooled pooled = claims.of(finding.id()).getFirst().now().orElseThrow();
        assertThat(pooled.mean())
                .isEqualTo(seen.stream().mapToDouble(Double::doubleValue).sum() / 40);
        assertThat(claims.of(finding.id()).get(1).now().orElseThrow().count())
                .as("of the weights alone: once for ever")
                .isEqualTo(1);
    }

    /** A claim that is withdrawn stays to be seen; made again, it keeps what was measured of it. */
    @Test
    void withdrawingDoesNotForget() {
        Finding finding = claim(BY_HAND, "score(L1H1, induction) ≥ 0.5");
        Claim failed = measured(finding).getFirst();
        assertThat(failed.verdict()).isEqualTo(Verdict.FAILS);
        findings.withdraw(ada, finding.id(), failed.id());
        Claim withdrawn = claims.of(finding.id()).getFirst();
        assertThat(withdrawn.isWithdrawn()).isTrue();
        assertThat(withdrawn.verdict()).isEqualTo(Verdict.FAILS);
        assertThat(all.find(finding.id()).orElseThrow().claims().total()).isZero();
        findings.add(ada, finding.id(), List.of(failed.statement()));
        Claim again = claims.of(finding.id()).getFirst();
        assertThat(claims.of(finding.id())).hasSize(1);
        assertThat(again.isWithdrawn()).isFalse();
        assertThat(again.now().orElseThrow().samples())
                .containsAll(failed.now().orElseThrow().samples());
        assertThat(again.savedAt()).isEqualTo(failed.savedAt());
    }

    @Test
    void whatChangesBehindTheNameIsMeasuredAgainAndTheOldNumbersStay() {
        copy(BY_HAND, "claims-copy");
        try {
            Finding finding = claim("claims-copy", "score(L1H0, induction) ≥ 0.5");
            assertThat(measured(finding).getFirst().verdict()).isEqualTo(Verdict.HOLDS);
            String before = library.find("claims-copy").orElseThrow().hash();
            jdbc.sql("delete from model where name = 'claims-copy'").update();
            assertThat(claims.of(finding.id()).getFirst().verdict()).isEqualTo(Verdict.UNMEASURED);
            assertThatThrownBy(() -> measurements.measure(ada, finding.id()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("There is no model “claims-copy” here");

            copy("random-2l-shortformer-biases", "claims-copy");
            String after = library.find("claims-copy").orElseThrow().hash();
            assertThat(after).isNotEqualTo(before);
            Claim unmeasured = claims.of(finding.id()).getFirst();
            assertThat(unmeasured.verdict()).isEqualTo(Verdict.UNMEASURED);
            assertThat(unmeasured.before()).hasSize(1);
            assertThat(all.find(finding.id()).orElseThrow().claims().first()).contains(Verdict.UNMEASURED);

            changed.look();
            Claim again = measured(finding).getFirst();
            assertThat(again.verdict()).isEqualTo(Verdict.FAILS);
            assertThat(again.now().orElseThrow().modelHash()).isEqualTo(after);
            assertThat(again.before()).extracting(Pooled::modelHash).containsExactly(before);
            assertThat(again.verdict(again.before().getFirst())).isEqualTo(Verdict.HOLDS);
            long job = measurements.job(finding.id()).orElseThrow().id();
            changed.look();
            assertThat(measurements.job(finding.id()).orElseThrow().id())
                    .as("asked for once")
                    .isEqualTo(job);
        } finally {
            jdbc.sql("delete from model where name = 'claims-copy'").update();
        }
    }

    @Test
    void aFindingWithoutClaimsHasNothingToMeasure() {
        Finding finding = claim(BY_HAND);
        assertThatThrownBy(() -> measurements.measure(ada, finding.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("makes no claims");
        Finding weights = claim(BY_HAND, "copying(L1H0) ≥ 0.5");
        measured(weights);
        assertThatThrownBy(() -> measurements.measure(ada, weights.id()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("measured often enough");
    }

    private Finding claim(String model, String... lines) {
        return findings.add(
                ada,
                new Content(Subject.ofModel(model), "claims", "", List.of(), "", 50, "circuits?model=" + model),
                Statement.lines(String.join("\n", lines)));
    }

    private List<Double> values(Finding finding) {
        return claims.of(finding.id()).getFirst().now().orElseThrow().samples().stream()
                .map(Sample::value)
                .toList();
    }

    /** The claims once they are measured. */
    private List<Claim> measured(Finding finding) {
        until(() -> measurements.job(finding.id()).isPresent());
        until(() -> !measurements.job(finding.id()).orElseThrow().state().isOpen());
        assertThat(measurements.job(finding.id()).orElseThrow().message()).isNull();
        assertThat(measurements.job(finding.id()).orElseThrow().state()).isEqualTo(Job.State.DONE);
        return claims.of(finding.id());
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** The weights of a model under another name. */
    private void copy(String from, String to) {
        jdbc.sql("insert into model (name, content_hash, config, tokenizer, card, stored_at) select '" + to
                        + "', content_hash, config, tokenizer, card, stored_at from model where name = ?")
                .param(from)
                .update();
        jdbc.sql("insert into weights (model_id, step, size) select t.id, w.step, w.size from weights w join model f"
                        + " on f.id = w.model_id and f.name = ? join model t on t.name = ?")
                .params(from, to)
                .update();
        jdbc.sql("insert into weights_part (model_id, step, part, bytes) select t.id, w.step, w.part, w.bytes from"
                        + " weights_part w join model f on f.id = w.model_id and f.name = ? join model t on t.name = ?")
                .params(from, to)
                .update();
    }
}
