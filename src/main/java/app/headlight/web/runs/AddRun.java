package app.headlight.web.runs;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.Audience;
import app.headlight.services.runs.RunLimits;
import app.headlight.services.runs.Runs;
import app.headlight.services.runs.StoredRun;
import app.headlight.web.component.Trouble;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The panel in which members add a run of another model: a file is checked and stored as it is dropped. */
class AddRun extends Div {

    private static final Logger LOG = LoggerFactory.getLogger(AddRun.class);

    private static final String PYTHON = """
            # model: a HookedTransformer of TransformerLens; text: a sentence
            _, cache = model.run_with_cache(text, names_filter=lambda name: name.endswith("hook_pattern"))
            save_file({name: cache[name].contiguous() for name in cache}, "run.safetensors",
                      metadata={"tokens": json.dumps(model.to_str_tokens(text)), "model": model.cfg.model_name})""";

    private final transient Runs runs;
    private final transient Consumer<StoredRun> added;
    private final Upload file = new Upload();
    private final OrderedList checks = new OrderedList();
    private final Trouble trouble = new Trouble();
    /** As the fields say; files come on other threads. */
    private volatile String name = "";

    private volatile Audience audience = Audience.ALL;

    /** @param added told each run that was added */
    AddRun(Runs runs, Consumer<StoredRun> added) {
        this.runs = runs;
        this.added = added;
        addClassNames("hl-panel", "hl-add-model");
        setId("add-run");
        Pre python = new Pre(PYTHON);
        python.getElement().setAttribute("tabindex", "0"); // it scrolls where the page is narrow
        add(
                new H2("Add a run of any other model"),
                new Paragraph("The attention of a model whose weights are not here, recorded by another program: a"
                        + " safetensors file with blocks.0.attn.hook_pattern, [heads, tokens, tokens], and so on for"
                        + " each layer, and the tokens in its metadata."),
                python);
        RunLimits limits = runs.limits();
        if (limits.mayAdd()) {
            addForm(limits);
        } else {
            add(
                    limits.areOn()
                            ? new Paragraph(new SignInLink("Sign in"), new Span(" with an account that may add runs."))
                            : new Paragraph("On this server nobody adds runs."));
        }
    }

    private void addForm(RunLimits limits) {
        TextField called = new TextField("Name");
        called.setMaxLength(100);
        called.setPlaceholder("as the file says");
        called.addValueChangeListener(event -> name = event.getValue());
        Select<Audience> seenBy = new Select<>();
        seenBy.setLabel("Who sees it");
        seenBy.setItems(Audience.values());
        seenBy.setItemLabelGenerator(Audience::words);
        seenBy.setValue(audience);
        seenBy.addValueChangeListener(event -> audience = event.getValue());
        file.setMaxFiles(1);
        file.setUploadHandler(this::take);
        file.setUploadButton(new Button("Choose a file"));
        file.setMaxFileSize((int) Math.min(Integer.MAX_VALUE, limits.bytes()));
        file.setDropLabel(new Span("or drop it here, up to " + (limits.bytes() >> 20) + " MB"));
        file.addFileRejectedListener(event -> trouble.say("That file is not accepted: " + event.getErrorMessage()));
        checks.getElement().setAttribute("role", "status");
        Div fields = new Div(called, seenBy);
        fields.addClassName("hl-add-fields");
        add(fields, file, checks, trouble);
        if (limits.days() > 0) {
            Paragraph kept = new Paragraph("A run that no finding is about is kept for " + limits.days() + " days.");
            kept.addClassName("hl-muted");
            add(kept);
        }
    }

    /** Takes a file as it comes, checks and stores it. */
    private void take(UploadEvent event) {
        event.getUI().access(() -> {
            trouble.setText("");
            checks.removeAll();
        });
        String otherwise = event.getFileName().replaceFirst("\\.safetensors$", "");
        try (InputStream in = event.getInputStream()) {
            StoredRun run = runs.add(
                    in,
                    name,
                    otherwise.length() > 100 ? otherwise.substring(0, 100) : otherwise,
                    audience,
                    check -> event.getUI().access(() -> checks.add(new ListItem(check + "…"))));
            event.getUI().access(() -> done(run));
        } catch (Refusal refused) {
            refuse(event, refused.getMessage());
        } catch (IOException brokenOff) {
            LOG.info("{} did not arrive whole: {}", event.getFileName(), brokenOff.toString());
            refuse(event, event.getFileName() + " did not arrive whole");
        } catch (DataAccessException failed) {
            LOG.warn("the run {} could not be added: {}", event.getFileName(), failed.toString());
            refuse(event, "It could not be added: the database took nothing");
        }
    }

    private void refuse(UploadEvent event, String why) {
        event.reject(why);
        event.getUI().access(() -> {
            checks.removeAll();
            file.clearFileList(); // or no other could be given in its place
            trouble.say(why);
        });
    }

    private void done(StoredRun run) {
        checks.add(new ListItem(new Span("It is added: "), new Anchor(run.path(), "open " + run.name())));
        file.clearFileList();
        added.accept(run);
    }
}
