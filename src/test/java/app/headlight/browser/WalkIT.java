package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Walks over every page at random, and looks after every third step whether the page is as it is when its address is opened
 * anew: the address is the whole state, whichever way one came. {@code -Dheadlight.walk.steps} and
 * {@code -Dheadlight.walk.seed} say how far, and which way; pictures of what differs go to {@code target/walk}.
 */
class WalkIT extends BrowserTest {

    private static final double MOST_MASKED = 0.02;
    private static final int STEPS = Integer.getInteger("headlight.walk.steps", Nightly.times(6, 2000));
    private static final long SEED = Long.getLong("headlight.walk.seed", 10);
    private static final int STEPS_OF_ONE_PERSON = Math.max(3, STEPS / 20);
    private static final int MOST_FAULTS = Integer.getInteger("headlight.walk.faults", 12);
    private static final Path PICTURES = Path.of("target/walk");

    private static final List<String> OPEN_TO_ALL = List.of(
            "",
            "explore?tab=qk",
            "explore?tab=residual",
            "explore?tab=residual&stream=bandwidth",
            "explore?tab=residual&stream=deletion",
            "explore?tab=attribution",
            "explore?tab=sentences&many=4",
            "explore?tab=layer",
            "explore?tab=steps",
            "explore?virtual=L0H0-L1H3",
            "explore?edits=cut,pattern,head=L0H0,destination=9,source=8;zero,result,head=L1H1",
            "explore?tab=patching&other=Uncle%20Henry%20and%20Aunt%20P%20came%20home.%20Then%20Uncle%20Henry%20and%20Aunt"
                    + "&row=1&column=9",
            "explore?tab=attribution&edits=zero,result,head=L0H0&edited=difference",
            "explore?model=ids-512&text=1%202%203%204%205%201%202%203",
            "circuits",
            "circuits?on=unseen",
            "circuits?drawn=K",
            "search?pairs=4",
            "search?model=induction-by-hand&task=own&metric=kl",
            "models",
            "models?compare=storybook-2l",
            "findings",
            "findings?claims=holds",
            "models/storybook-2l/heads/L1H3",
            "learn",
            "learn/two-layers?step=4",
            "glossary",
            "collections",
            "train",
            "sign-in",
            "api/page");

    private enum Person {
        STRANGER,
        MEMBER,
        ADMIN
    }

    /** Few models, since the page of all those that other tests need takes a second to paint. */
    @DynamicPropertySource
    static void fewModels(DynamicPropertyRegistry registry) {
        registry.add("test.few-models", () -> longModelAlone().toString());
    }

    @Autowired
    private FindingClaims claims;

    @Autowired
    private FindingSearch search;

    @Autowired
    private FindingCollections collections;

    private final List<String> faults = new ArrayList<>();

    @Tag("nightly")
    @Test
    void twoLoadsOfAnAddressLookAlike() {
        faults.clear();
        write();
        become(Person.ADMIN);
        Windows windows = new Windows(page);
        try {
            for (String address : Nightly.some(9, addresses(Person.ADMIN))) {
                page.driver().get(page.root() + address);
                windows.settle();
                compare(windows, "load " + address);
            }
        } finally {
            windows.close();
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPageLooksAsItsAddressDoesWhicheverWayOneCame() {
        faults.clear();
        Random random = new Random(SEED);
        List<String> steps = new ArrayList<>();
        long walking = 0;
        long comparing = 0;
        try {
            for (int person = 0; steps.size() < STEPS && faults.size() < MOST_FAULTS; person++) {
                Person who = Person.values()[person % Person.values().length];
                // A browser of one's own: after hundreds of pages one takes a gigabyte, and answers ever later.
                closeBrowser();
                openBrowser();
                Windows windows = new Windows(page);
                try (HeardLog log = new HeardLog()) {
                    write();
                    become(who);
                    Walker walker = new Walker(page, windows, random, () -> addresses(who));
                    try {
                        walker.goSomewhere();
                        for (int i = 0; i < STEPS_OF_ONE_PERSON && faults.size() < MOST_FAULTS; i++) {
                            long begun = System.nanoTime();
                            walker.step();
                            walking += System.nanoTime() - begun;
                            if (i % 3 == 2) {
                                begun = System.nanoTime();
                                compare(windows, who + " after " + String.join("\n      ", walker.taken()));
                                comparing += System.nanoTime() - begun;
                                hear("console", page.complaints(), walker);
                                hear("log", log.take(), walker);
                            }
                        }
                    } catch (WebDriverException unanswered) {
                        found("the browser did not answer: " + unanswered.getRawMessage() + "\n  after "
                                + String.join("\n      ", walker.taken()));
                    }
                    steps.addAll(walker.taken());
                    System.out.printf(
                            "WALK seed %d: %d steps, %d faults; %.2f s a step, %.2f s a comparison%n",
                            SEED,
                            steps.size(),
                            faults.size(),
                            walking / 1e9 / steps.size(),
                            comparing / 1e9 / (steps.size() / 3));
                }
            }
        } finally {
            closeBrowser();
            openBrowser();
        }
        assertThat(faults)
                .as("what the walk of seed " + SEED + " found in " + steps.size() + " steps")
                .isEmpty();
    }

    private void hear(String where, List<String> complaints, Walker walker) {
        if (!complaints.isEmpty()) {
            found(String.join("\n", complaints) + "\n  in the " + where + " after "
                    + String.join("\n      ", walker.taken()));
        }
    }

    private void found(String fault) {
        faults.add(fault);
        System.out.println("FAULT " + faults.size() + " of seed " + SEED + ": " + fault);
    }

    private void compare(Windows windows, String steps) {
        if (!page.address().startsWith(page.root())) {
            return; // Back has led out of the program
        }
        Compared compared = windows.compare();
        if (!compared.areAlike()) {
            found(compared.inWords(PICTURES, SEED + "-" + (faults.size() + 1)) + "\n   " + steps);
            page.driver().navigate().refresh();
            windows.settle();
        }
        assertThat(compared.used().masked()).as("the part under masks").isLessThan(MOST_MASKED);
    }

    private Account account(Person who) {
        return account(Walker.OURS + " " + who.name().toLowerCase(), who == Person.ADMIN ? Role.ADMIN : Role.MEMBER);
    }

    private void become(Person who) {
        if (who != Person.STRANGER) {
            page.signIn(account(who).name(), PASSWORD);
        }
    }

    /** Findings and collections that may be changed and deleted. */
    private void write() {
        for (Person who : List.of(Person.MEMBER, Person.ADMIN)) {
            Account account = account(who);
            Account member = account;
            List<Finding> own = mine();
            for (int i = own.size(); i < 4; i++) {
                claims.add(member, content(i), Statement.lines("score(L1H" + i % 4 + ", induction) ≥ 0.5"));
                own = mine();
            }
            if (ours().size() < 3) {
                FindingCollection made = collections.create(member, Walker.OURS + "s in order");
                for (Finding finding : own.subList(0, 2)) {
                    collections.add(member, made.id(), finding.id(), "Say *this*.");
                }
            }
        }
    }

    private static Content content(int number) {
        return new Content(
                Subject.ofHead("storybook-2l", new HeadId(1, number % 4)),
                Walker.OURS + " finding " + number,
                "It **looks back**; see [the view](/explore?heads=L1H" + number % 4 + ").",
                List.of("walked"),
                "",
                50,
                "explore?model=storybook-2l&heads=L1H" + number % 4);
    }

    private List<Finding> mine() {
        return search.page(FindingQuery.all(200).withWords(Walker.OURS)).findings();
    }

    private List<FindingCollection> ours() {
        return collections.all().stream()
                .filter(collection -> collection.title().startsWith(Walker.OURS))
                .toList();
    }

    private List<String> addresses(Person who) {
        List<String> all = new ArrayList<>(OPEN_TO_ALL);
        mine().stream().limit(2).forEach(finding -> all.add("findings/" + finding.id()));
        ours().stream().limit(2).forEach(collection -> all.add("collections/" + collection.id()));
        if (who != Person.STRANGER) {
            all.add("account");
            ours().stream().limit(1).forEach(collection -> all.add("present/" + collection.id()));
        }
        if (who == Person.ADMIN) {
            all.add("admin");
        }
        return all;
    }
}
