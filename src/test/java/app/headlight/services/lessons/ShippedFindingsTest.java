package app.headlight.services.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Slide;
import java.io.IOException;
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

    @AfterEach
    void forget() {
        jdbc.sql("delete from shipped").update();
    }

    @Test
    void allOfThemHoldAndOnceRemovedTheyDoNotComeBack() throws IOException {
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

    private List<FindingCollection> own() {
        return collections.all().stream()
                .filter(collection -> collection.owner().name().equals(ShippedFindings.AUTHOR)
                        && collection.owner().account() == null)
                .toList();
    }
}
