package app.headlight.web.search;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchJobs.Progress;
import app.headlight.services.search.SearchRequest;
import app.headlight.web.component.Trouble;
import app.headlight.web.words.Durations;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.server.VaadinSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A search that takes long: people start it, leave the page and find it again at its address; whoever opens the address sees
 * the same job. It is hidden where none is waited for.
 */
class LongSearch extends Div {

    /** What people without an account have started, in their session, so that they can end it. */
    private static final String OWN = LongSearch.class.getName();

    /** The share that is done before a time left is told: sooner it would be far off. */
    private static final double TOLD_FROM = 0.02;

    private final transient SearchJobs jobs;
    private final transient SignedIn signedIn;
    private final boolean isWhole;
    private final Span words = new Span();
    private final ProgressBar bar = new ProgressBar();
    private final Button start = new Button("Start the search", event -> start());
    private final Button cancel = new Button("Cancel", event -> cancel());
    private final Trouble trouble = new Trouble();
    private transient List<Part> parts = List.of();
    private transient Consumer<List<Job>> then = found -> {};
    private transient Runnable deaf = () -> {};

    /**
     * A search that is a job of its own.
     *
     * @param seconds that it takes, about
     * @param words what is done, for people
     */
    record Part(SearchRequest request, double seconds, String words) {}

    /** @param isWhole whether people can start a search here; where a circuit is embedded they cannot */
    LongSearch(SearchJobs jobs, SignedIn signedIn, boolean isWhole) {
        this.jobs = jobs;
        this.signedIn = signedIn;
        this.isWhole = isWhole;
        addClassName("hl-long-work");
        setId("long-search");
        words.getElement().setAttribute("role", "status");
        start.setId("start-search");
        cancel.setId("cancel-search");
        start.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_PRIMARY);
        cancel.addThemeVariants(ButtonVariant.LUMO_SMALL);
        add(words, bar, start, cancel, trouble);
        setVisible(false);
    }

    /**
     * Waits until some searches are done, in place of those before.
     *
     * @param then told their jobs, in the same order: at once where all are done, and never if one is cancelled
     */
    void await(List<Part> asked, Consumer<List<Job>> then) {
        parts = List.copyOf(asked);
        this.then = then;
        trouble.setText("");
        show();
    }

    /** Waits for nothing, and shows nothing. */
    void end() {
        parts = List.of();
        setVisible(false);
    }

    private void show() {
        if (parts.isEmpty()) {
            return;
        }
        List<Job> done = new ArrayList<>();
        for (Part part : parts) {
            Job job = jobs.find(part.request()).orElse(null);
            if (job == null || job.state() != State.DONE) {
                show(part, job);
                return;
            }
            done.add(job);
        }
        end();
        then.accept(done);
    }

    /** @param job null where nobody has asked for it */
    private void show(Part part, @Nullable Job job) {
        boolean open = job != null && job.state().isOpen();
        Optional<Progress> progress = job == null ? Optional.empty() : jobs.progress(job);
        words.setText(job == null ? proposal() : inWords(part, job, progress.orElse(null)));
        bar.setVisible(open);
        bar.setIndeterminate(progress.isEmpty());
        bar.setValue(progress.map(Progress::done)
                .map(share -> Math.clamp(share, 0.0, 1.0))
                .orElse(0.0));
        start.setVisible(isWhole && !open);
        start.setText(job == null ? "Start the search" : "Start it again");
        cancel.setVisible(isWhole && open && mayCancel(job));
        setVisible(true);
    }

    private String proposal() {
        double seconds = parts.stream()
                .filter(part -> jobs.find(part.request())
                        .filter(job -> job.state() == State.DONE)
                        .isEmpty())
                .mapToDouble(Part::seconds)
                .sum();
        return "This search takes about " + Durations.text(Math.max(1, seconds)) + " on this server. "
                + (isWhole
                        ? "It goes on when you leave this page, and its address finds it again."
                        : "Open it in Headlight to start it.");
    }

    private String inWords(Part part, Job job, @Nullable Progress progress) {
        return switch (job.state()) {
            case QUEUED -> waiting(jobs.before(job));
            case RUNNING, PAUSED, DONE -> part.words() + (progress == null ? "…" : ": " + inWords(progress));
            case STOPPED -> "This search was cancelled before it was done.";
            case FAILED -> "This search failed: " + job.message();
        };
    }

    private static String waiting(long before) {
        return "This search waits for its turn"
                + (before == 0
                        ? "."
                        : before == 1 ? "; one job is before it." : "; " + before + " jobs are before it.");
    }

    private static String inWords(Progress progress) {
        return String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * progress.done()))
                + (progress.secondsLeft() == null || progress.done() < TOLD_FROM
                        ? ""
                        : ", about " + Durations.text(progress.secondsLeft()) + " left")
                + ". You may leave this page meanwhile.";
    }

    private void start() {
        trouble.tried(() -> {
            Long owner = signedIn.current().map(Account::id).orElse(null);
            for (Part part : parts) {
                Job job = jobs.ask(part.request(), null, owner);
                if (owner == null && job.ownerId() == null) {
                    own().add(job.id());
                }
            }
        });
        show();
    }

    private void cancel() {
        trouble.tried(() -> {
            for (Part part : parts) {
                jobs.find(part.request())
                        .filter(job -> job.state().isOpen() && mayCancel(job))
                        .ifPresent(jobs::stop);
            }
        });
        show();
    }

    private boolean mayCancel(Job job) {
        boolean isOwn = job.ownerId() == null && own().contains(job.id());
        return isOwn
                || signedIn.member()
                        .filter(member -> member.mayChange(job.ownerId()))
                        .isPresent();
    }

    @SuppressWarnings("unchecked")
    private static Set<Long> own() {
        VaadinSession session = VaadinSession.getCurrent();
        Set<Long> own = (Set<Long>) session.getAttribute(OWN);
        if (own == null) {
            own = ConcurrentHashMap.newKeySet();
            session.setAttribute(OWN, own);
        }
        return own;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        // One refresh under way is enough: it shows whatever has changed until it runs.
        AtomicBoolean asked = new AtomicBoolean();
        deaf.run();
        deaf = jobs.listen(() -> {
            if (!parts.isEmpty() && asked.compareAndSet(false, true)) {
                try {
                    ui.access(() -> {
                        asked.set(false);
                        show();
                    });
                } catch (UIDetachedException hasBeenLeft) {
                    parts = List.of();
                }
            }
        });
        show();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        deaf.run();
    }
}
