package app.headlight.web.findings;

import app.headlight.services.findings.FindingChange;
import app.headlight.services.findings.FindingChange.Sort;
import app.headlight.services.findings.FindingEvents;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps open pages up to date with the changes of other people. */
@Component
public class Live {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    private final FindingEvents events;
    private final Readers readers;

    Live(FindingEvents events, Readers readers) {
        this.events = events;
        this.readers = readers;
    }

    /**
     * As long as a component is attached, it is shown again after each change that concerns it. People who may no
     * longer read are shown nothing.
     *
     * @param concerns asked of each change on a thread that all pages share
     * @param show called with the page's lock
     */
    public void keep(com.vaadin.flow.component.Component shown, Predicate<FindingChange> concerns, Runnable show) {
        AtomicReference<Runnable> stopListening = new AtomicReference<>(() -> {});
        shown.addAttachListener(event -> {
            UI ui = event.getUI();
            // One refresh at a time is enough: it shows all changes until it runs.
            AtomicBoolean asked = new AtomicBoolean();
            stopListening
                    .getAndSet(events.listen(change -> {
                        if ((change.sort() == Sort.MISSED || concerns.test(change))
                                && asked.compareAndSet(false, true)) {
                            // Not in the thread that all pages share: a page's lock may be taken for long.
                            Thread.ofVirtual().name("live page").start(() -> refresh(ui, asked, show));
                        }
                    }))
                    .run();
        });
        shown.addDetachListener(event -> stopListening.getAndSet(() -> {}).run());
    }

    private void refresh(UI ui, AtomicBoolean asked, Runnable show) {
        try {
            ui.access(() -> {
                asked.set(false);
                try {
                    if (readers.mayRead()) {
                        show.run();
                    }
                } catch (DataAccessException | TransactionException databaseGone) {
                    LOG.warn("an open page is not up to date: {}", databaseGone.getMessage());
                }
            });
        } catch (UIDetachedException hasBeenLeft) {
            LOG.debug("the page has been left", hasBeenLeft);
        }
    }
}
