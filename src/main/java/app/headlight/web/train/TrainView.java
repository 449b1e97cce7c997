package app.headlight.web.train;

import app.headlight.services.jobs.Job.State;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Trainings: asked for on the left, watched on the right. */
@Route("train")
@PageTitle("Headlight · Train")
@Menu(title = "Train", order = 6)
public class TrainView extends Main {

    private final transient Trainings trainings;
    private final transient ModelLibrary library;
    private final transient TrainingRights rights;
    private final RecipeForm form;
    private final Div list = new Div();
    private final transient List<TrainingPanel> panels = new ArrayList<>();
    private transient Runnable deaf = () -> {};

    TrainView(Trainings trainings, ModelLibrary library, TrainingRights rights) {
        this.trainings = trainings;
        this.library = library;
        this.rights = rights;
        form = new RecipeForm(this::start, rights.maySteer() ? null : whyNot());
        addClassName("hl-train");
        list.addClassName("hl-trainings");
        list.setId("trainings");
        add(form, list);
        suggest();
        show();
    }

    private void start(String name, RecipeForm.Asked asked) {
        rights.ask(name, asked.recipe(), asked.text().isEmpty() ? null : asked.text());
        suggest();
        show();
    }

    /** A name that no model has yet. */
    private void suggest() {
        Set<String> waiting = trainings.all().stream().map(TrainingJob::name).collect(Collectors.toSet());
        String stem = form.task().id() + "-" + form.layerCount() + "l";
        int number = 1;
        while (waiting.contains(stem + "-" + number) || library.isTaken(stem + "-" + number)) {
            number++;
        }
        form.suggest(stem + "-" + number);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        // One refresh under way is enough: it shows whatever has changed until it runs.
        AtomicBoolean asked = new AtomicBoolean();
        deaf = trainings.listen(() -> {
            if (asked.compareAndSet(false, true)) {
                ui.access(() -> {
                    asked.set(false);
                    show();
                });
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        deaf.run();
    }

    private void show() {
        List<TrainingJob> jobs = trainings.all();
        List<Long> ids = jobs.stream().map(TrainingJob::id).toList();
        if (!ids.equals(panels.stream().map(TrainingPanel::id).toList()) || ids.isEmpty()) {
            panels.clear();
            list.removeAll();
            if (jobs.isEmpty()) {
                list.add(nothing());
            }
            jobs.forEach(job -> panels.add(new TrainingPanel(job, trainings, rights)));
            panels.forEach(list::add);
        }
        for (int i = 0; i < jobs.size(); i++) {
            panels.get(i).show(jobs.get(i), before(jobs, i));
        }
    }

    /** How many have their turn or wait before this one; the list has the newest first. */
    private static int before(List<TrainingJob> jobs, int index) {
        return (int) jobs.subList(index + 1, jobs.size()).stream()
                .filter(job -> job.state() == State.RUNNING || job.state() == State.QUEUED)
                .count();
    }

    private Component whyNot() {
        return rights.isStranger()
                ? new SignInLink("Sign in to train")
                : new Span("You are a reader here; an admin can make you a member, who may train.");
    }

    private Div nothing() {
        Div nothing = new Div(
                new H2("Nothing has been trained here yet"),
                new Paragraph((rights.maySteer() ? "Press Start: two" : "Two")
                        + " layers learn to repeat random tokens, and in about a minute the loss drops suddenly. That is an induction head forming. Its checkpoints open in Explore, where a slider"
                        + " moves through the training."));
        nothing.addClassNames("hl-panel", "hl-empty");
        return nothing;
    }
}
