package app.headlight.web.train;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.ModularAddition;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.services.models.TrainingLimits;
import app.headlight.web.component.Explained;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The form of a training: the task, the text if the task is one, and the sizes. */
class RecipeForm extends Div {

    private static final Map<Task, String> LABELS = Map.of(
            Task.REPEATS, "repeats",
            Task.SKIP_TRIGRAMS, "skip-trigrams",
            Task.MARKOV, "Markov chains",
            Task.MODULAR_ADDITION, "modular addition",
            Task.TEXT, "a text of your own");

    private static final Map<Norm, String> NORMS =
            new TreeMap<>(Map.of(Norm.NONE, "none", Norm.LN, "LN", Norm.LN_PRE, "LNPre", Norm.RMS, "RMS"));

    private static final Map<Task, String> ABOUT = Map.of(
            Task.REPEATS,
            "Random tokens, each row repeating with a period of its own. Two layers learn to look back: an induction head"
                    + " forms, suddenly. One layer cannot.",
            Task.SKIP_TRIGRAMS,
            "Random filler with planted rules “s … d → o”: once s has been seen, d is followed by o. One layer is enough.",
            Task.MARKOV,
            "A new random Markov chain in every row: which token follows which can be learned only from the row itself.",
            Task.MODULAR_ADDITION,
            "Rows “a b =” of two numbers below p, then (a + b) mod p; the vocabulary is p + 1. A third of all pairs are"
                    + " trained on: they are known by heart soon, the others are right many steps later, when the"
                    + " model has found a rule (Nanda et al. 2023).",
            Task.TEXT,
            "Paste a text or choose a file. A vocabulary is learned from it; a twentieth of it is used only for measuring.");

    private final Select<Task> task = new Select<>();
    private final Paragraph about = new Paragraph();
    private final TextSource text = new TextSource();
    private final TextField name = new TextField("Name of the model");
    private final IntegerField layers = whole("Layers", 0, TrainingLimits.LAYERS);
    private final IntegerField steps = whole("Steps", 1, 100_000);
    private final IntegerField dModel = whole("d_model", 1, TrainingLimits.D_MODEL);
    private final IntegerField heads = whole("Heads a layer", 1, TrainingLimits.HEADS);
    private final IntegerField neurons = whole("Neurons of each MLP", 0, TrainingLimits.NEURONS);
    private final IntegerField vocabulary = whole("Vocabulary", 16, TrainingLimits.VOCABULARY);
    private final IntegerField context = whole("Context", ModularAddition.CONTEXT, TrainingLimits.CONTEXT);
    private final IntegerField rows = whole("Rows a step", 1, 1024);
    private final NumberField rate = new NumberField("Learning rate");
    private final NumberField decay = new NumberField("Weight decay");
    private final NumberField twice = new NumberField("Share of windows with a passage twice");
    private final Explained twiceExplained;
    private final IntegerField seed = whole("Seed", 0, Integer.MAX_VALUE);
    private final Select<Positions> positions = new Select<>();
    private final Select<Norm> norm = new Select<>();
    private final Span size = new Span();
    private final Trouble trouble = new Trouble();

    /**
     * @param start asks for the training
     * @param instead what replaces the button for people who may not train; null for those who may
     */
    RecipeForm(BiConsumer<String, Asked> start, @Nullable Component instead) {
        addClassNames("hl-panel", "hl-recipe");
        setId("recipe");
        task.setLabel("What it learns");
        task.setItems(Task.REPEATS, Task.SKIP_TRIGRAMS, Task.MARKOV, Task.MODULAR_ADDITION, Task.TEXT);
        task.setItemLabelGenerator(LABELS::get);
        task.setId("task");
        positions.setLabel("Positions");
        positions.setItems(Positions.STANDARD, Positions.SHORTFORMER, Positions.NONE);
        positions.setItemLabelGenerator(value -> value.name().toLowerCase(Locale.ROOT));
        norm.setLabel("Norm");
        norm.setItems(NORMS.keySet());
        norm.setItemLabelGenerator(NORMS::get);
        layers.setId("layers");
        steps.setId("steps");
        name.setId("model-name");
        name.setMaxLength(TrainingLimits.NAME);
        about.addClassName("hl-muted");
        size.addClassName("hl-muted");
        Button button = new Button("Start");
        button.setId("start");
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        button.addClickListener(event ->
                trouble.tried(() -> start.accept(name.getValue().strip(), new Asked(recipe(), text.value()))));
        twiceExplained = new Explained(twice);
        Div sizes = new Div(
                new Explained(dModel),
                new Explained(heads),
                new Explained(neurons),
                new Explained(vocabulary),
                new Explained(context),
                new Explained(rows),
                new Explained(rate),
                new Explained(decay),
                twiceExplained,
                new Explained(positions),
                new Explained(norm),
                new Explained(seed));
        sizes.addClassName("hl-fields");
        Div first = new Div(new Explained(layers), new Explained(steps));
        first.addClassName("hl-fields");
        add(new H2("Train a model"), new Explained(task), about, text, first, new Explained(name));
        add(new Details("Sizes and rates", sizes));
        add(size, instead == null ? button : instead, trouble);
        task.addValueChangeListener(event -> show(event.getValue()));
        for (IntegerField field : new IntegerField[] {layers, steps, dModel, heads, vocabulary, context, rows}) {
            field.addValueChangeListener(event -> showSize());
        }
        task.setValue(Task.REPEATS);
    }

    /** @param text what to train on; empty for a task without a text */
    record Asked(Recipe recipe, String text) {}

    void suggest(String free) {
        name.setValue(free);
    }

    Task task() {
        return task.getValue();
    }

    int layerCount() {
        return layers.getValue() == null ? 0 : layers.getValue();
    }

    private void show(Task chosen) {
        Recipe recipe = DefaultRecipes.of(chosen);
        about.setText(ABOUT.get(chosen));
        text.setVisible(chosen == Task.TEXT);
        twiceExplained.setVisible(chosen == Task.TEXT);
        layers.setValue(recipe.layers());
        steps.setValue(recipe.steps());
        dModel.setValue(recipe.dModel());
        heads.setValue(recipe.heads());
        neurons.setValue(recipe.mlp() == null ? 0 : recipe.mlp().dMlp());
        vocabulary.setValue(recipe.vocabulary());
        context.setValue(recipe.context());
        rows.setValue(recipe.rows());
        rate.setValue(recipe.learningRate());
        decay.setValue(recipe.optimizer().decay());
        twice.setValue(recipe.twice());
        seed.setValue((int) recipe.seed());
        positions.setValue(recipe.positions());
        norm.setValue(recipe.norm());
        showSize(); // only now are all fields filled in
    }

    private void showSize() {
        try {
            size.setText(String.format("%,d tokens in all.", recipe().tokens()));
        } catch (Refusal incomplete) {
            size.setText("");
        }
    }

    private Recipe recipe() {
        int width = given(dModel);
        int count = given(heads);
        int ofMlp = given(neurons);
        double shown = twiceExplained.isVisible() ? given(twice) : 0;
        Recipe usual = DefaultRecipes.of(task.getValue());
        return usual.with()
                .model(given(layers), width, count, Math.max(1, width / Math.max(1, count)))
                .mlp(ofMlp == 0 ? null : new Mlp(ofMlp, activation(usual), false))
                .vocabulary(given(vocabulary))
                .context(given(context))
                .positions(positions.getValue())
                .norm(norm.getValue())
                .steps(given(steps))
                .rows(given(rows))
                .learningRate(given(rate), Math.min(usual.warmUp(), given(steps) / 4))
                .optimizer(usual.optimizer().withDecay(given(decay)))
                .twice(shown, shown, 0)
                .seed(given(seed))
                .build();
    }

    private static Mlp.Activation activation(Recipe usual) {
        return usual.mlp() == null ? Mlp.Activation.GELU : usual.mlp().activation();
    }

    private static int given(IntegerField field) {
        if (field.getValue() == null) {
            throw new Refusal(field.getLabel() + " is missing.");
        }
        return field.getValue();
    }

    private static double given(NumberField field) {
        if (field.getValue() == null) {
            throw new Refusal(field.getLabel() + " is missing.");
        }
        return field.getValue();
    }

    private static IntegerField whole(String label, int least, int most) {
        IntegerField field = new IntegerField(label);
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(most <= 16);
        return field;
    }
}
