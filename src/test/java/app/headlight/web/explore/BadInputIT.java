package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Whatever is typed, pasted or found in an address: a clear message in the page, and the rest keeps working. */
class BadInputIT extends BrowserTest {

    @AfterEach
    void thePageStillWorks() {
        page.say("The king");
        page.untilTokens("The", "·king");
    }

    @Tag("nightly")
    @Test
    void anEmptySentenceAsksForOne() {
        page.open("");
        page.say("");
        page.until("no tokens", () -> page.tokens().isEmpty());
        page.untilText("circuit-tabs", "Type a sentence");
        assertThat(page.text("inspector")).contains("Nothing selected");
    }

    @Tag("nightly")
    @Test
    void oneTokenIsASentence() {
        page.open("explore?text=The");
        assertThat(page.tokens()).containsExactly("The");
        page.untilText("inspector", "itself");
        page.openTab("Residual stream");
        page.untilAddress("tab=residual");
        page.openTab("QK circuit");
        page.untilAddress("tab=qk");
    }

    @Test
    void aSentenceLongerThanTheContextIsCutVisibly() {
        page.open("");
        page.paste("the king ".repeat(200));
        page.untilNotice("first 256");
        page.until("256 tokens", () -> page.tokens().size() == 256);
        assertThat(page.notices()).anySatisfy(notice -> assertThat(notice).contains("40", "256"));
        page.until("the address holds what is shown", () -> page.address().length() < 3000);
    }

    @Test
    void aHundredThousandCharactersArePasted() {
        page.open("");
        page.paste("Once upon a time. ".repeat(5556));
        page.until("256 tokens", () -> page.tokens().size() == 256);
        page.untilNotice("first 256");
    }

    @Tag("nightly")
    @Test
    void moreThanAHundredThousandCharactersAreCutWithTheNumbers() {
        page.open("");
        page.paste("a".repeat(120_000));
        page.untilNotice("120,000 characters");
    }

    @Tag("nightly")
    @Test
    void controlCharactersAndEmojiAreShownAndKept() {
        String odd = "a\u0007b\u0000c\td 🙂 e\u0301 \u200d";
        page.open("explore?text=" + ExplorePage.escaped(odd));
        assertThat(page.parameters()).containsEntry("text", odd);
        assertThat(String.join("", page.tokens()))
                .contains("🙂")
                .contains("␇")
                .contains("␀")
                .contains("U+200D")
                .contains("⇥");
    }

    @Tag("nightly")
    @Test
    void rightToLeftTextIsTakenAsItComes() {
        page.open("explore?text=" + ExplorePage.escaped("שלום world مرحبا"));
        assertThat(page.parameters()).containsEntry("text", "שלום world مرحبا");
        assertThat(String.join("", page.tokens())).contains("ש", "ם");
    }

    @Tag("nightly")
    @Test
    void aTextThatAModelDoesNotKnowIsNamed() {
        page.driver().get(page.root() + "explore?model=" + FEW_LETTERS + "&text=xyz");
        page.untilNotice("“xyz” is unknown to the tokenizer of " + FEW_LETTERS);
        page.driver().get(page.root() + "explore?model=" + FEW_LETTERS + "&text=ab+xyz");
        page.untilNotice("“xyz” is unknown to the tokenizer of " + FEW_LETTERS);
        page.until("the rest is shown", () -> page.tokens().equals(List.of("a", "b")));
        page.driver().get(page.root() + "explore?model=" + FEW_LETTERS + "&text=ae");
        page.untilNotice("“e” is token 4 of the tokenizer");
        page.open("");
    }

    @Test
    void aModelWhoseNumbersAreNotFiniteIsSaidToBeOne() {
        String model = "model=" + OVERFLOWING.replace(" ", "%20");
        page.driver().get(page.root() + "explore?text=1+2+3&" + model);
        page.untilNotice("not finite");
        page.driver().get(page.root() + "circuits?" + model);
        page.until(
                "the reason",
                () -> page.driver()
                        .findElement(By.cssSelector(".hl-long-work"))
                        .getText()
                        .contains("not finite"));
        page.open("");
    }

    @Tag("nightly")
    @Test
    void aModelThatIsNotStoredIsNamedAndTheOthersAreOffered() {
        page.open("");
        for (String address : List.of("explore?model=gpt-9000&text=12+7+3", "embed?model=gpt-9000&text=12+7+3")) {
            untilMissing(address);
            page.driver().findElement(By.linkText("induction-by-hand")).click();
            page.untilDrawn();
            page.until("its own sentence", () -> page.tokens().size() > 2);
        }
        untilMissing("circuits?model=gpt-9000&head=L9H9");
        page.driver().findElement(By.linkText("storybook-0l")).click();
        page.until(
                "the model", () -> page.parameters().getOrDefault("model", "").equals("storybook-0l"));
        page.open("");
    }

    private void untilMissing(String address) {
        page.driver().get(page.root() + address);
        page.until(
                "what is gone",
                () -> page.driver()
                        .findElement(By.tagName("body"))
                        .getText()
                        .contains("No model “gpt-9000” is stored here"));
        page.complaints(); // that it was not found is what the browser should say
        assertThat(page.address()).as("the address stays").endsWith(address);
        assertThat(page.driver().findElements(By.cssSelector("canvas, headlight-attention-view")))
                .as("no other model's picture")
                .noneMatch(WebElement::isDisplayed);
    }

    @Tag("nightly")
    @Test
    void headsAndTokensOutOfRangeFallBackAndSaySo() {
        page.open("explore?text=The+king&heads=L7H9&dest=44&src=50&token=999999&singular=700");
        page.untilNotice("L7H9");
        page.untilNotice("no token 44");
        page.untilNotice("999999");
        page.untilNotice("singular direction 700");
        assertThat(page.parameters()).containsEntry("heads", "L1H3").containsEntry("dest", "1");
    }

    @Test
    void nonsenseInTheAddressIsNamed() {
        page.open("explore?view=spiral&min=lots&tab=%3Cscript%3Ealert(1)%3C/script%3E&x=nothing%20of%20the%20kind");
        page.untilNotice("view=spiral");
        page.untilNotice("min=lots");
        page.untilNotice("<script>");
        page.openTab("Residual stream");
        page.untilText("circuit-tabs", "is no axis");
    }

    @Tag("nightly")
    @Test
    void scriptInASentenceIsText() {
        String script = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>";
        page.open("explore?tab=residual&text=" + ExplorePage.escaped(script));
        page.openTab("QK circuit");
        page.untilAddress("tab=qk");
        assertThat(page.script("return window.hacked ?? 'no'")).isEqualTo("no");
    }

    @Tag("nightly")
    @Test
    void aModelThatCannotReadTheFirstSentenceBeginsWithOneOfItsOwn() {
        page.open("explore?model=induction-by-hand");
        assertThat(page.notices()).isEmpty();
        page.untilText("inspector", "L1H0");
        assertThat(page.text("inspector")).contains("the token that followed the earlier");
        page.open("explore?model=" + LONG_MODEL);
        assertThat(page.notices()).isEmpty();
        assertThat(page.tokens()).startsWith("3", "10", "17").hasSize(12);
        page.open("");
    }

    @Tag("nightly")
    @Test
    void aTextThatIsNoIdsIsRefusedByAModelThatReadsIds() {
        page.open("explore?model=" + LONG_MODEL + "&text=1+2+many");
        page.untilNotice("\"many\", is not a token id");
        assertThat(page.tokens()).isEmpty();
        page.open("");
    }

    @Test
    void aModelWhoseWeightsAreInAFolderOfAnotherServerSaysSo() {
        jdbc.sql("insert into model (name, content_hash, config, stored_at, warnings, in_folder)"
                        + " select 'elsewhere', ?, config, stored_at, '[]', true from model where name = ?")
                .params("f".repeat(64), LONG_MODEL)
                .update();
        try {
            page.driver().get(page.root() + "models");
            page.until(
                    "it is listed",
                    () -> page.driver()
                            .findElement(By.tagName("body"))
                            .getText()
                            .contains("elsewhere"));
            for (String address : List.of("explore?model=elsewhere", "circuits?model=elsewhere")) {
                page.driver().get(page.root() + address);
                page.until(
                        "the reason",
                        () -> page.driver()
                                .findElement(By.tagName("main"))
                                .getText()
                                .contains(
                                        "The weights of elsewhere are too large for the database, and no folder of this server"));
                assertThat(page.driver().findElements(By.cssSelector(".hl-screens a")))
                        .isNotEmpty();
            }
            page.complaints(); // of the status
            page.driver()
                    .findElement(By.linkText("Take a sentence apart in Explore"))
                    .click();
            page.untilDrawn();
        } finally {
            jdbc.sql("delete from model where name = 'elsewhere'").update();
        }
    }

    @Tag("nightly")
    @Test
    void anAddressThatNoScreenHasLeadsBack() {
        page.driver().get(page.root() + "nowhere");
        page.until(
                "said so",
                () -> page.driver()
                        .findElement(By.tagName("body"))
                        .getText()
                        .contains("There is no page “nowhere” here"));
        page.complaints(); // that the page was not found is what the browser should say
        page.driver()
                .findElement(By.linkText("Take a sentence apart in Explore"))
                .click();
        page.untilDrawn();
    }

    @Tag("nightly")
    @Test
    void anAddressThatIsNotEvenTextLeadsBack() {
        page.driver().get(page.root() + "explore?text=%FF%FE");
        page.complaints(); // likewise
        page.driver().findElement(By.linkText("Open Headlight")).click();
        page.untilDrawn();
    }
}
