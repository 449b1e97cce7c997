package app.headlight.web.explore.bar;

import app.headlight.engine.transformer.Config;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.SentenceField;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.select.Select;
import java.util.List;

/** Which model, and which sentence. */
public class SentenceBar extends Div implements Panel<Exploration> {

    private final Select<StoredModel> picker = new Select<>();
    private final SentenceField sentence = new SentenceField();
    private final SubMenu examples;
    private final transient ContinueMenu goOn;
    private final transient StateChange change;
    private String model = "";

    public SentenceBar(List<StoredModel> models, StateChange change) {
        this.change = change;
        addClassName("hl-sentence-bar");
        picker.setId("model-picker");
        picker.setAriaLabel("Model");
        picker.setItemLabelGenerator(SentenceBar::label);
        picker.setItems(models);
        picker.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.to(state -> state.withModel(event.getValue().name()));
            }
        });
        sentence.setId("sentence");
        sentence.setPlaceholder("Type a sentence and press Enter");
        sentence.addSubmitListener(event -> change.to(state -> state.withSentence(event.text()), notices(event)));
        MenuBar menu = new MenuBar();
        menu.setId("sentence-menu");
        examples = menu.addItem("Examples ▾").getSubMenu();
        goOn = new ContinueMenu(menu.addItem("Continue ▾").getSubMenu(), change);
        add(picker, sentence, menu);
    }

    @Override
    public void show(Exploration exploration) {
        picker.setValue(exploration.model().stored());
        sentence.setValue(exploration.state().sentence());
        goOn.show(exploration);
        if (!model.equals(exploration.model().name())) {
            model = exploration.model().name();
            offer(Example.of(exploration.model()));
        }
    }

    private static List<String> notices(SentenceField.SubmitEvent event) {
        return event.typedLength() <= event.text().length()
                ? List.of()
                : List.of(String.format(
                        "%,d characters were given; the first %,d are used.",
                        event.typedLength(), event.text().length()));
    }

    private void offer(List<Example> readable) {
        examples.removeAll();
        for (Example example : readable) {
            Span shows = new Span(example.shows());
            shows.addClassName("hl-muted");
            Div item = new Div(new Span(example.title()), shows);
            item.addClassName("hl-example");
            examples.addItem(item, event -> change.to(state -> state.withSentence(example.text())));
        }
    }

    private static String label(StoredModel model) {
        Config config = model.config();
        return model.name() + " · " + count(config.nLayers(), "layer")
                + (config.nLayers() == 0 ? "" : " · " + count(config.nHeads(), "head"));
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
