package app.headlight.web.api;

import app.headlight.engine.refusal.Fields;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.Findings;
import app.headlight.services.verdicts.ClaimMeasurements;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/findings/{id}/claims}: what a finding says that can be measured, and what was measured of it. */
@RestController
@RequestMapping(path = "/api/v1/findings/{id}/claims", produces = MediaType.APPLICATION_JSON_VALUE)
class ClaimsController {

    private final Findings findings;
    private final FindingClaims own;
    private final Claims claims;
    private final ClaimMeasurements measurements;
    private final SignedIn signedIn;

    ClaimsController(
            Findings findings, FindingClaims own, Claims claims, ClaimMeasurements measurements, SignedIn signedIn) {
        this.findings = findings;
        this.own = own;
        this.claims = claims;
        this.measurements = measurements;
        this.signedIn = signedIn;
    }

    /** @param claim such as {@code score(L1H3, induction) >= 0.8} */
    record ClaimRequest(
            @Schema(
                    minLength = 1,
                    maxLength = 20_100,
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "score(L1H3, induction) >= 0.8")
            @Nullable
            String claim) {}

    @GetMapping
    ClaimsAnswer of(@PathVariable long id) {
        existing(id);
        return answer(id);
    }

    /** Makes a claim of an own finding; it is measured at once where its model is stored. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ClaimsAnswer add(@PathVariable long id, @RequestBody ClaimRequest request) {
        own.add(signedIn.requireMember(), id, List.of(Statement.parse(Fields.needed("claim", request.claim()))));
        return answer(id);
    }

    /** Measures every claim ten times more, with seeds that nobody knows before; what was measured before counts on. */
    @PostMapping("/measure")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ClaimsAnswer measure(@PathVariable long id) {
        var member = signedIn.requireMember();
        existing(id);
        measurements.measure(member, id);
        return answer(id);
    }

    /** Withdraws a claim: it stays to be seen, with what was measured of it. */
    @DeleteMapping("/{claim:(?!measure$).+}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> withdraw(@PathVariable long id, @PathVariable long claim) {
        own.withdraw(signedIn.requireMember(), id, claim);
        return ResponseEntity.noContent().build();
    }

    private ClaimsAnswer answer(long id) {
        return ClaimsAnswer.of(
                measurements.job(id).orElse(null),
                measurements.job(id).flatMap(measurements::progress).orElse(null),
                claims.of(id));
    }

    private void existing(long id) {
        if (findings.find(id).isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "No such finding", "There is no finding " + id + " (any more).");
        }
    }
}
