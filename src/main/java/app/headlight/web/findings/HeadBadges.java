package app.headlight.web.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.Badge;
import app.headlight.services.findings.FindingSearch;
import app.headlight.web.component.FindingBadge;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.spring.annotation.SpringComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Keeps the badges of heads on a picture up to date. */
@SpringComponent
@Scope("prototype")
public class HeadBadges {

    private static final Logger LOG = LoggerFactory.getLogger(HeadBadges.class);

    private final FindingSearch search;
    private final Live live;
    private Consumer<List<FindingBadge>> grid = badges -> {};
    private String model = "";

    HeadBadges(FindingSearch search, Live live) {
        this.search = search;
        this.live = live;
    }

    /** @param picture that the badges stand on; @param grid is given them */
    public void keepOn(Component picture, Consumer<List<FindingBadge>> grid) {
        this.grid = grid;
        live.keep(picture, change -> change.model().equals(model), this::read);
    }

    /** Tells that the picture shows another model now. */
    public void show(String model) {
        if (!model.equals(this.model)) {
            this.model = model;
            read();
        }
    }

    private void read() {
        try {
            List<FindingBadge> badges = new ArrayList<>();
            search.badges(model).forEach((head, badge) -> badges.add(badge(head, badge)));
            grid.accept(badges);
        } catch (DataAccessException | TransactionException gone) {
            // The picture is useful without them.
            LOG.warn("no badges from the database: {}", gone.getMessage());
        }
    }

    private FindingBadge badge(HeadId head, Badge badge) {
        String count = badge.findings() == 1 ? "1 finding" : badge.findings() + " findings";
        String label = badge.label().isEmpty()
                ? ""
                : "; “" + badge.label() + "”, "
                        + (badge.confirmations() == 0
                                ? "confirmed by nobody yet"
                                : "confirmed by " + badge.confirmations());
        return new FindingBadge(
                head.toString(),
                badge.label(),
                badge.findings(),
                badge.claims().first().map(ClaimBadge::word).orElse(""),
                badge.claims().first().map(Verdict::mark).orElse(""),
                count
                        + label
                        + (badge.claims().total() == 0
                                ? ""
                                : "; " + badge.claims().inWords()),
                ListAddress.ofHead(model, head).href());
    }
}
