package app.headlight.web.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListAddressTest {

    private final List<String> notices = new ArrayList<>();

    @Test
    void everythingThatIsAskedForStandsInTheAddressAndIsReadBack() {
        ListAddress address = ListAddress.of(Map.of(
                "model", "storybook-2l",
                "head", "L1H3",
                "kind", "previous token",
                "author", "7",
                "tag", "rock & roll",
                "find", "50 % \"ünlike\"",
                "sort", "disputed",
                "page", "3"));
        assertThat(address.href())
                .isEqualTo("findings?model=storybook-2l&head=L1H3&kind=previous%20token&author=7"
                        + "&tag=rock%20%26%20roll&find=50%20%25%20%22%C3%BCnlike%22&sort=disputed&page=3");
        assertThat(address.findings(notices::add))
                .isEqualTo(new FindingQuery(
                        "storybook-2l",
                        new HeadId(1, 3),
                        "previous token",
                        7L,
                        "rock & roll",
                        "50 % \"ünlike\"",
                        null,
                        Order.MOST_DISPUTED,
                        2,
                        ListAddress.PAGE_SIZE));
        assertThat(notices).isEmpty();
    }

    @Test
    void whatCannotBeReadIsLeftOutAndSaid() {
        ListAddress address = ListAddress.of(Map.of(
                "head", "head 3",
                "author", "Ada",
                "sort", "upwards",
                "page", "-1",
                "utm_source", "mail"));
        assertThat(address.findings(notices::add)).isEqualTo(FindingQuery.all(ListAddress.PAGE_SIZE));
        assertThat(notices)
                .hasSize(4)
                .anyMatch(said -> said.contains("head 3"))
                .anyMatch(said -> said.contains("Ada"))
                .anyMatch(said -> said.contains("sort=upwards"))
                .anyMatch(said -> said.contains("page=-1"));
        assertThat(address.href()).doesNotContain("utm_source");
    }

    @Test
    void anotherFilterBeginsWithTheFirstPage() {
        ListAddress third = ListAddress.of(Map.of("tag", "a", "page", "3"));
        assertThat(third.with(ListAddress.TAG, "b").page()).isZero();
        assertThat(third.with(ListAddress.PAGE, 4).page()).isEqualTo(3);
        assertThat(ListAddress.of(Map.of("page", "99999999999")).page()).isZero();
    }
}
