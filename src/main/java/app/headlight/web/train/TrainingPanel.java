package app.headlight.web.train;

import app.headlight.engine.training.Training.Progress;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import app.headlight.web.component.TrainingCurve;
import app.headlight.web.page.Histories;
import app.headlight.web.words.Durations;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One training: how far it is, its curves, and what can be done with it. */
class TrainingPanel extends Div {

    private final Trainings trainings;
    private final TrainingRights rights;
    private final Span state = new Span();
    private final Paragraph figures = new Paragraph();
    private final TrainingCurve curve = new TrainingCurve();
    private final Button pause = button("Pause");
    private final Button resume = button("Resume");
    private final Button stop = button("Stop");
    private final Button delete = button("Delete");
    private final Anchor open = new Anchor("", "Open in Explore");
    private TrainingJob job;

    TrainingPanel(TrainingJob job, Trainings trainings, TrainingRights rights) {
        this.job = job;
        this.trainings = trainings;
        this.rights = rights;
        addClassNames("hl-panel", "hl-training");
        getElement().setAttribute("data-name", job.name());
        Span what = new Span(job.recipe().inWords());
        what.addClassName("hl-muted");
        state.addClassNames("hl-badge", "hl-state");
        figures.addClassName("hl-figures");
        figures.getElement().setAttribute("role", "status");
        Div title = new Div(new H2(job.name()), state);
        title.addClassName("hl-training-title");
        Div actions = new Div(open, pause, resume, stop, delete);
        actions.addClassName("hl-row");
        pause.addClickListener(event -> rights.pause(this.job.id()));
        resume.addClickListener(event -> rights.resume(this.job.id()));
        stop.addClickListener(event -> confirmStop());
        delete.addClickListener(event -> confirmDeletion());
        curve.addStepSelectListener(event -> UI.getCurrent()
                .getPage()
                .setLocation(Sample.address(this.job, lastStep() == event.step() ? -1 : event.step())));
        add(title, what, curve, figures, actions);
        show(job, 0);
    }

    private void confirmStop() {
        confirm(
                "Stop",
                "The model stays as it is now, and cannot be trained further. “Pause” keeps what is needed to continue.",
                () -> rights.stop(job.id()));
    }

    private void confirmDeletion() {
        confirm(
                "Delete",
                "The model, its checkpoints and the record of its training are deleted for everybody.",
                () -> rights.delete(job.id()));
    }

    private void confirm(String what, String consequence, Runnable action) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(what + " " + job.name() + "?");
        dialog.setText(consequence);
        dialog.setCancelable(true);
        dialog.setConfirmText(what);
        dialog.addConfirmListener(event -> action.run());
        dialog.open();
    }

    private long lastStep() {
        return trainings
                .log(job)
                .map(log -> log.checkpoints().isEmpty() ? -1 : log.checkpoints().getLast())
                .orElse(-1L);
    }

    long id() {
        return job.id();
    }

    /** @param before how many wait before it */
    void show(TrainingJob now, int before) {
        job = now;
        Progress progress = trainings.progress(now).orElse(null);
        state.setText(words(now, progress != null, before));
        boolean running = now.state() == State.RUNNING;
        boolean maySteer = rights.maySteer();
        pause.setVisible(maySteer && (running || now.state() == State.QUEUED));
        resume.setVisible(maySteer && (now.state() == State.PAUSED || now.state() == State.FAILED));
        stop.setVisible(maySteer && now.state().isOpen());
        delete.setVisible(rights.mayDelete(now));
        Optional<TrainingLog> log = trainings.log(now);
        curve.setVisible(log.isPresent());
        log.ifPresent(known -> curve.show(
                List.of(
                        known.losses().size(),
                        known.measures().size(),
                        known.checkpoints().size()),
                () -> Histories.of(now.name(), known, -1)));
        open.setVisible(log.filter(known -> !known.checkpoints().isEmpty()).isPresent());
        open.setHref(Sample.address(now, -1));
        figures.setText(figures(now, progress, log.orElse(null)));
    }

    private static String words(TrainingJob job, boolean steps, int before) {
        return switch (job.state()) {
            case QUEUED -> before == 0 ? "next in the queue" : "in the queue, " + before + " before it";
            case RUNNING -> steps ? "running" : "preparing";
            case PAUSED -> "paused";
            case DONE -> "done";
            case STOPPED -> "stopped";
            case FAILED -> "failed";
        };
    }

    private static String figures(TrainingJob job, @Nullable Progress progress, @Nullable TrainingLog log) {
        if (job.state() == State.FAILED) {
            return Objects.requireNonNullElse(job.job().message(), "");
        }
        if (progress != null) {
            return String.format(
                    "Step %,d of %,d · loss %.3f%s · %,.0f tokens a second · %s left",
                    progress.step(),
                    progress.steps(),
                    progress.loss(),
                    progress.rate() == null
                            ? ""
                            : String.format(
                                    " · learning rate %.2g · gradient norm %.2g", progress.rate(), progress.gradient()),
                    progress.tokensPerSecond(),
                    Durations.text(progress.secondsLeft()));
        }
        if (log == null || log.measures().isEmpty()) {
            return "";
        }
        TrainingLog.Measure last = log.measures().getLast();
        return String.format(
                "Step %,d of %,d · loss on %s %.3f · best induction score %.2f · %s of training",
                last.step(),
                log.recipe().steps(),
                Histories.unseen(log),
                last.unseen(),
                last.induction(),
                Durations.text(log.seconds()));
    }

    private static Button button(String text) {
        Button button = new Button(text);
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return button;
    }
}
