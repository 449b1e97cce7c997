package app.headlight.web.people;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignIns;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.springframework.beans.factory.annotation.Autowired;

/** Joining, signing in and out, and what admins do, in a real browser. */
class PeopleIT extends BrowserTest {

    @Autowired
    private Accounts accounts;

    @Autowired
    private SignIns signIns;

    @Autowired
    private AccessTokens tokens;

    @Test
    void anAdminInvitesAndSomeoneJoinsOnceByThatLink() {
        page.signInOnThePage("admin", PASSWORD);
        page.driver().get(page.root() + "admin");
        page.until(
                "the page",
                () -> !page.driver().findElements(By.id("invitations")).isEmpty());
        page.driver().findElement(By.cssSelector("#invited textarea")).sendKeys("Grace\n\nAlan");
        press("invitations", "Make links");
        page.until("a link each", () -> links().size() == 2);
        String link = links().getFirst();
        assertThat(links()).allMatch(each -> each.contains("/join?code=")).doesNotHaveDuplicates();
        assertThat(page.text("invitations")).contains("Grace, as a member", "Alan, as a member");
        page.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        java.util.Map.of(
                                "origin",
                                page.root(),
                                "permissions",
                                List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        WebElement copy = page.driver().findElement(By.cssSelector("#invitation-links headlight-copy-button"));
        copy.getShadowRoot().findElement(By.cssSelector("button")).click();
        page.until(
                "it is copied",
                () -> copy.getShadowRoot()
                        .findElement(By.cssSelector("button"))
                        .getText()
                        .equals("Copied"));
        assertThat(page.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo(link);
        page.forget();

        String name = fresh("Grace");
        page.driver().get(link);
        join(name, "short");
        page.until("why not", () -> trouble().contains("too short"));
        page.driver().findElement(By.cssSelector("#password input")).sendKeys(Keys.chord(Keys.CONTROL, "a"));
        page.driver().findElement(By.cssSelector("#password input")).sendKeys(PASSWORD);
        page.driver().findElement(By.id("join")).click();
        page.untilDrawn();
        page.untilText("account-menu", name);

        page.driver().get(link);
        page.until("the link is used up", () -> body().contains("used already"));
    }

    @SuppressWarnings("unchecked")
    private List<String> links() {
        return (List<String>)
                page.script("return [...document.querySelectorAll('#invitation-links vaadin-text-field')].map(field =>"
                        + " field.value)");
    }

    @Tag("nightly")
    @Test
    void aWrongPasswordIsSaidAndTheRightOneLeadsBackToTheVeryView() {
        Account ada = account(fresh("Ada"), Role.MEMBER);
        page.open("explore?text=" + ExplorePage.escaped("The king and the king") + "&heads=L0H1&dest=3&src=1");
        String address = page.address();
        page.driver().findElement(By.linkText("Sign in")).click();
        page.enter(ada.name(), "a wrong password");
        page.until("it is said", () -> page.address().endsWith("error") && said().contains("is wrong"));
        page.driver().get(page.root() + "sign-in");
        page.enter(ada.name(), PASSWORD);
        page.until("the view", () -> page.address().contains("explore"));
        page.untilDrawn();
        assertThat(page.address()).isEqualTo(address);
        page.untilText("account-menu", ada.name());

        signOut();
        page.untilText("account-menu", "Sign in");
        page.driver().get(page.root() + "account");
        page.until("a stranger is asked to sign in", () -> page.address().endsWith("/sign-in"));
        assertThat(signIns.of(ada.id())).isEmpty();
    }

    @Tag("nightly")
    @Test
    void signingOutInOneWindowEndsTheOther() {
        Account ada = account(fresh("Ada"), Role.MEMBER);
        page.signInOnThePage(ada.name(), PASSWORD);
        String first = page.driver().getWindowHandle();
        page.driver().switchTo().newWindow(WindowType.WINDOW);
        String second = page.driver().getWindowHandle();
        page.open("explore");
        page.untilText("account-menu", ada.name());
        page.driver().switchTo().window(first);
        signOut();
        page.untilText("account-menu", "Sign in");
        page.driver().switchTo().window(second);
        page.untilText("account-menu", "Sign in"); // loaded anew by itself, as a stranger's
        page.untilDrawn();
        assertThat(page.driver().findElements(By.id("connection"))).allMatch(each -> !each.isDisplayed());
        page.driver().close();
        page.driver().switchTo().window(first);
    }

    @Tag("nightly")
    @Test
    void aSessionThatAnAdminEndsIsAStrangersAtOnce() {
        Account bob = account(fresh("Bob"), Role.MEMBER);
        page.signIn(bob.name(), PASSWORD);
        long bobs = signIns.of(bob.id()).getFirst().id();
        try (ExplorePage admins = new ExplorePage(port)) {
            admins.signIn("admin", PASSWORD);
            admins.driver().get(admins.root() + "admin");
            admins.until(
                    "the sessions",
                    () -> !admins.driver().findElements(By.id("sign-ins")).isEmpty());
            WebElement row = admins.driver().findElements(By.cssSelector("#sign-ins .hl-list-row")).stream()
                    .filter(each -> each.getText().contains(bob.name()))
                    .findFirst()
                    .orElseThrow();
            row.findElement(By.cssSelector("vaadin-button")).click();
            admins.until("it is gone", () -> !admins.text("sign-ins").contains(bob.name()));
        }
        assertThat(signIns.all()).noneMatch(signIn -> signIn.id() == bobs);
        page.driver().get(page.root() + "account");
        page.until("Bob is a stranger", () -> page.address().endsWith("/sign-in"));
        page.complaints(); // that the open page lost its session is what the browser may say
    }

    @Tag("nightly")
    @Test
    void theAdminsPageIsNoMembers() {
        page.signInOnThePage(account(fresh("Member"), Role.MEMBER).name(), PASSWORD);
        page.driver().get(page.root() + "admin");
        page.until("it is refused", () -> !body().isBlank());
        page.settle();
        assertThat(page.driver().findElements(By.id("people"))).isEmpty();
        assertThat(body()).doesNotContain("Invite");
        page.complaints();
    }

    @Tag("nightly")
    @Test
    void aTokenIsShownOnceAndOnesOwnRecordsAreTakenAlongAndDeleted() {
        Account eve = account(fresh("Eve"), Role.MEMBER);
        page.signInOnThePage(eve.name(), PASSWORD);
        page.driver()
                .findElement(By.cssSelector("#tokens vaadin-text-field input"))
                .sendKeys("notebook", Keys.TAB);
        press("tokens", "Make a token");
        page.until("the token", () -> value("made-token").startsWith("hl_"));
        assertThat(tokens.recognise(value("made-token")).orElseThrow().account())
                .isEqualTo(eve);
        page.driver().navigate().refresh();
        page.untilText("tokens", "notebook");
        assertThat(page.driver().findElements(By.id("made-token")).stream().filter(WebElement::isDisplayed))
                .isEmpty();

        Object json = page.driver()
                .executeAsyncScript("const done = arguments[0];"
                        + "fetch(document.getElementById('export').href).then(r => r.text()).then(done)");
        assertThat(json.toString()).contains("headlight-person/1", eve.name(), "notebook");

        press("own-records", "Delete account");
        page.until(
                "it is asked again",
                () -> !page.driver()
                        .findElements(By.cssSelector("vaadin-confirm-dialog vaadin-button"))
                        .isEmpty());
        page.driver().findElements(By.cssSelector("vaadin-confirm-dialog vaadin-button")).stream()
                .filter(button -> button.getText().equals("Delete account"))
                .findFirst()
                .orElseThrow()
                .click();
        page.until("the account is gone", () -> accounts.find(eve.id()).isEmpty());
        page.driver().get(page.root() + "explore");
        page.untilDrawn();
        page.untilText("account-menu", "Sign in");
        page.complaints();
    }

    private static String fresh(String name) {
        return name + " " + UUID.randomUUID().toString().substring(0, 8);
    }

    private void join(String name, String password) {
        page.until("the form", () -> !page.driver().findElements(By.id("join")).isEmpty());
        page.driver().findElement(By.cssSelector("#name input")).sendKeys(name);
        page.driver().findElement(By.cssSelector("#password input")).sendKeys(password);
        page.driver().findElement(By.id("join")).click();
    }

    private void signOut() {
        page.driver()
                .findElement(By.cssSelector("#account-menu vaadin-menu-bar-button"))
                .click();
        page.until("the menu", () -> item("Sign out").isPresent());
        item("Sign out").orElseThrow().click();
    }

    private Optional<WebElement> item(String text) {
        return page.driver().findElements(By.cssSelector("vaadin-menu-bar-item")).stream()
                .filter(item -> item.getText().equals(text))
                .findFirst();
    }

    private void press(String panel, String button) {
        page.driver().findElements(By.cssSelector("#" + panel + " vaadin-button")).stream()
                .filter(each -> each.getText().equals(button))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private String value(String id) {
        return page.script("return document.getElementById(arguments[0])?.value ?? ''", id)
                .toString();
    }

    private String trouble() {
        return page.driver().findElement(By.cssSelector(".hl-trouble")).getText();
    }

    private String said() {
        return page.driver().findElement(By.cssSelector("vaadin-login-form")).getText();
    }

    private String body() {
        return page.driver().findElement(By.tagName("body")).getText();
    }
}
