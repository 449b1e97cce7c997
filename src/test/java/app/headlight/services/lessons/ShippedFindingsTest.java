package app.headlight.services.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Slide;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The findings of a first start, on the models that come with Headlight. */
class ShippedFindingsTest extends SharedServer {

    @Autowired
    private ShippedFindings shipped;

    @Autowired
    private Findings findings;

    @Autowired
    private FindingCollections collections;

    @Autowired
    private Claims claims;

    @Autowired
    private HeadScores scores;

    @Autowired
    private ModelLibrary library;

    @AfterEach
    void forget() {
        jdbc.sql("delete from shipped").update();
    }

    @Test
    void allOfThemHoldAndOnceRemovedTheyDoNotComeBack() throws Exception {
        assertThat(ShippedFindings.read().faults()).isEmpty();
        int all = ShippedFindings.read().lesson().orElseThrow().steps().size();
        shipped.ship();
        FindingCollection collection = own().getFirst();
        assertThat(collection.slides()).as("every finding holds").hasSize(all);
        for (Slide slide : collection.slides()) {
            Finding finding = slide.finding();
            assertThat(finding.author().account()).isNull();
            assertThat(finding.content().markdown())
                    .contains("Measured on")
                    .doesNotContain("not measured")
                    .doesNotContain("{{");
        }
        claimsAreMade(collection);
        shipped.ship();
        assertThat(own()).hasSize(1);
        Account admin = account("Root", Role.ADMIN);
        collection
                .slides()
                .forEach(slide -> findings.delete(admin, slide.finding().id()));
        collections.delete(admin, collection.id());
        shipped.ship();
        assertThat(own()).isEmpty();
    }

    /** What the file takes for granted of a model's heads, by their names, comes out true when it is measured. */
    private void claimsAreMade(FindingCollection collection) throws InterruptedException {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        String induction = scores.strongest(model).orElseThrow().toString();
        Finding head = collection.slides().get(1).finding();
        assertThat(claims.of(head.id()))
                .extracting(claim -> claim.statement().toString())
                .containsExactly("score(" + induction + ", induction) ≥ 0.5", "copying(" + induction + ") ≥ 0.5");
        long without = collection.slides().stream()
                .filter(slide -> claims.of(slide.finding().id()).isEmpty())
                .count();
        assertThat(without).as("of one sentence only: no claim").isEqualTo(1);
        List<Long> ids =
                collection.slides().stream().map(slide -> slide.finding().id()).toList();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (claims.of(ids).stream().anyMatch(claim -> claim.verdict() == Verdict.UNMEASURED)
                && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(claims.of(ids)).isNotEmpty().allMatch(claim -> claim.verdict() == Verdict.HOLDS);
    }

    private List<FindingCollection> own() {
        return collections.all().stream()
                .filter(collection -> collection.owner().name().equals(ShippedFindings.AUTHOR)
                        && collection.owner().account() == null)
                .toList();
    }
}
