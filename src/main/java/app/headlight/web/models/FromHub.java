package app.headlight.web.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.services.hub.Hub;
import app.headlight.services.hub.HubFile;
import app.headlight.services.hub.HubModel;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.SideWork;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that fetch a model from the Hugging Face hub: first what it is and how large, then its files. */
class FromHub extends Div {

    /** Prepares what fetches a model's files. */
    interface Fetch {

        /** @throws Refusal if they may not be fetched */
        SideWork.Work<HubModel> of(HubModel model);
    }

    private final TextField asked = new TextField("From the Hugging Face hub");
    private final Button look = new Button("Look");
    private final Button fetch = new Button("Fetch its files");
    private final Paragraph found = new Paragraph();
    private final LongWork work = new LongWork();
    private transient @Nullable HubModel model;

    /**
     * @param fetcher fetches the files
     * @param fetched told the model whose files are there
     */
    FromHub(Hub hub, Fetch fetcher, Consumer<HubModel> fetched) {
        addClassName("hl-from-hub");
        setId("from-hub");
        asked.setPlaceholder("EleutherAI/pythia-70m, or its address");
        asked.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        asked.setMaxLength(300);
        found.addClassName("hl-muted");
        fetch.setVisible(false);
        look.addClickListener(event -> {
            forget();
            String typed = asked.getValue();
            work.await(SideWork.begin("hub", progress -> hub.look(hub.name(typed))), "Asking the hub", this::show);
        });
        fetch.addClickListener(event -> {
            HubModel chosen = model;
            if (chosen == null) {
                return;
            }
            fetch.setVisible(false);
            try {
                work.await(SideWork.begin("hub", fetcher.of(chosen)), "Fetching " + megabytes(chosen.bytes()), done -> {
                    found.setText(found.getText() + " Its files are here.");
                    fetched.accept(done);
                });
            } catch (Refusal refused) {
                work.say(String.valueOf(refused.getMessage()));
            }
        });
        work.onCancel(() -> {
            work.say("Cancelled; nothing of it stays.");
            fetch.setVisible(model != null);
        });
        Div fields = new Div(asked, look, fetch);
        fields.addClassName("hl-add-fields");
        add(fields, found, work);
    }

    /** What was looked up is no longer shown. */
    void forget() {
        model = null;
        found.setText("");
        fetch.setVisible(false);
    }

    private void show(HubModel shown) {
        model = shown;
        Config config = shown.config().config();
        String warnings = String.join(" ", shown.config().warnings());
        found.setText(String.format(
                "%s at %.8s: %d layers of %d heads, %s in %d files (%s), licence %s.%s%s",
                shown.name().name(),
                shown.commit(),
                config.nLayers(),
                config.nHeads(),
                megabytes(shown.bytes()),
                shown.files().size(),
                shown.files().stream().map(HubFile::name).collect(Collectors.joining(", ")),
                shown.licence() == null ? "not named" : shown.licence(),
                shown.hasTokenizer() ? "" : " It has no tokenizer.json: texts are given as numbers of tokens.",
                warnings.isEmpty() ? "" : " " + warnings));
        fetch.setVisible(true);
    }

    private static String megabytes(long bytes) {
        return String.format("%.1f MB", bytes / 1e6);
    }
}
