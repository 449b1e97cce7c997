package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.addresses.ViewAddress;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lessons.LessonReader.Read;
import app.headlight.services.lessons.StepMeasuring.Selected;
import app.headlight.services.lessons.language.Template;
import app.headlight.services.models.OpenModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The findings about the stored models that a database gets at its first start, with a collection of them. They are written
 * like a lesson; their numbers are measured then, and what does not hold on the stored models is left out, and said in the
 * log. What they take for granted and can be measured of a model stands as their claims. Whoever takes them out does so for good.
 */
@Component
public class ShippedFindings {

    /** Their author, who has no account: admins may change and delete them. */
    public static final String AUTHOR = "Headlight";

    private static final Logger LOG = LoggerFactory.getLogger(ShippedFindings.class);
    private static final String FILE = "db/lessons/findings/stored-models.md";
    private static final String WHAT = "findings";
    private static final int SURE = 99;

    /** A finding, and what it claims. */
    private record Made(Content content, List<Statement> claims) {}

    private final Findings findings;
    private final Claims claims;
    private final FindingCollections collections;
    private final LessonModels models;
    private final StepMeasuring measuring;
    private final Laboratory lab;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final boolean wanted;

    ShippedFindings(
            Findings findings,
            Claims claims,
            FindingCollections collections,
            LessonModels models,
            StepMeasuring measuring,
            Laboratory lab,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            @Value("${headlight.shipped-findings}") boolean wanted) {
        this.findings = findings;
        this.claims = claims;
        this.collections = collections;
        this.models = models;
        this.measuring = measuring;
        this.lab = lab;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.wanted = wanted;
    }

    /** Nobody waits for it: the program is there already. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (wanted) {
            Thread.ofVirtual().name("shipped findings").start(() -> {
                try {
                    ship();
                } catch (RuntimeException | IOException failed) {
                    LOG.warn(
                            "the findings that come with Headlight could not be stored; the next start tries again",
                            failed);
                }
            });
        }
    }

    /** Stores them, unless that was done once. */
    void ship() throws IOException {
        if (isShipped()) {
            return;
        }
        Read read = read();
        read.faults().forEach(fault -> LOG.warn("the findings that come with Headlight: {}", fault));
        if (read.lesson().isEmpty()) {
            return;
        }
        List<Made> made = new ArrayList<>();
        read.lesson()
                .get()
                .steps()
                .forEach(step -> made(read.lesson().get(), step).ifPresent(made::add));
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("insert into shipped (what, shipped_at) values (?, ?)")
                        .params(WHAT, OffsetDateTime.now(ZoneOffset.UTC))
                        .update();
                List<Long> ids = made.stream().map(this::store).toList();
                if (!ids.isEmpty()) {
                    collections.ship(read.lesson().get().title(), ids);
                }
            });
            LOG.info("stored {} findings about the models that come with Headlight", made.size());
        } catch (DuplicateKeyException anotherServerJustDid) {
            LOG.debug("another server stored the findings", anotherServerJustDid);
        }
    }

    /** Its claims are measured soon, as those of people are. */
    private long store(Made made) {
        long id = findings.ship(AUTHOR, made.content()).id();
        made.claims().forEach(claim -> claims.read(UUID.randomUUID(), id, claim, AUTHOR, false, null));
        return id;
    }

    private boolean isShipped() {
        return jdbc.sql("select count(*) from shipped where what = ?")
                        .param(WHAT)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    static Read read() throws IOException {
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            return LessonReader.read(
                    WHAT, "findings/stored-models.md", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A finding, measured; empty where it does not hold, or its model is not stored. */
    private Optional<Made> made(Lesson all, Lesson.Step step) {
        Lesson.View view = step.view();
        if (view == null) {
            return Optional.empty();
        }
        Optional<OpenModel> model = models.open(
                view.parameters().containsKey("model")
                        ? List.of(view.parameters().get("model").typed())
                        : all.models());
        if (model.isEmpty()) {
            LOG.warn("the finding “{}” is not stored: its model is not there", step.heading());
            return Optional.empty();
        }
        Template text = view.parameters().get("text");
        ShownStep shown = lab.get(measuring.of(
                step,
                model.get(),
                text == null ? "" : text.typed(),
                models.others(step.models()),
                parameters -> Selected.NOTHING));
        if (!shown.failing().isEmpty()) {
            LOG.warn(
                    "the finding “{}” is not stored: on {} it does not hold that {}",
                    step.heading(),
                    model.get().name(),
                    String.join(" and that ", shown.failing()));
            return Optional.empty();
        }
        return Optional.of(
                new Made(content(step, view.path(), shown, model.get().name()), claims(shown)));
    }

    /** Of what it takes for granted that which can be claimed. */
    private static List<Statement> claims(ShownStep shown) {
        List<Statement> claims = new ArrayList<>();
        for (String named : shown.named()) {
            try {
                claims.add(Statement.parse(named));
            } catch (Refusal ofTheSentenceOnly) {
                // a chance, for example, is of one sentence: the text says it
            }
        }
        return claims;
    }

    private static Content content(Lesson.Step step, String path, ShownStep shown, String model) {
        String head = shown.view().getOrDefault("heads", "");
        Subject subject = head.isEmpty() ? Subject.ofModel(model) : Subject.ofHead(model, HeadId.parse(head));
        String measured = shown.figures().stream()
                .map(figure -> "- " + figure.shown() + ": `" + figure.measured() + "`")
                .distinct()
                .collect(Collectors.joining("\n"));
        String markdown = shown.markdown()
                + (measured.isEmpty()
                        ? ""
                        : "\n\nMeasured on " + model + " when this database was made:\n\n" + measured);
        String title = head.isEmpty() ? step.heading() : step.heading() + ": " + head;
        return new Content(
                subject, title, markdown, List.of("headlight"), "", SURE, ViewAddress.of(path, shown.view()));
    }
}
