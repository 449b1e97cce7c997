package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Limits;
import app.headlight.web.api.FindingAnswer.CommentAnswer;
import app.headlight.web.api.FindingAnswer.VoteAnswer;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/findings/{id}/comments} and {@code …/votes}. */
@RestController
@RequestMapping(path = "/api/v1/findings/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DiscussionController {

    private final Findings findings;
    private final Discussion discussion;
    private final SignedIn signedIn;

    DiscussionController(Findings findings, Discussion discussion, SignedIn signedIn) {
        this.findings = findings;
        this.discussion = discussion;
        this.signedIn = signedIn;
    }

    record CommentRequest(
            @Schema(minLength = 1, maxLength = Limits.COMMENT, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String text) {}

    @GetMapping("/comments")
    List<CommentAnswer> comments(@PathVariable long id) {
        existing(id);
        return discussion.comments(id).stream().map(CommentAnswer::of).toList();
    }

    @PostMapping(path = "/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    CommentAnswer comment(@PathVariable long id, @RequestBody CommentRequest request) {
        return CommentAnswer.of(
                discussion.comment(signedIn.requireMember(), id, request.text() == null ? "" : request.text()));
    }

    @DeleteMapping("/comments/{comment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> deleteComment(@PathVariable long id, @PathVariable long comment) {
        discussion.deleteComment(signedIn.requireMember(), id, comment);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/votes")
    List<VoteAnswer> votes(@PathVariable long id) {
        existing(id);
        return discussion.votes(id).stream().map(VoteAnswer::of).toList();
    }

    /** @param reason needed for a dispute */
    record VoteRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Boolean confirms,

            @Schema(maxLength = Limits.REASON) @Nullable String reason) {}

    /** Votes; this replaces an earlier vote. */
    @PutMapping(path = "/vote", consumes = MediaType.APPLICATION_JSON_VALUE)
    FindingAnswer vote(@PathVariable long id, @RequestBody VoteRequest request) {
        if (request.confirms() == null) {
            throw new Refusal("“confirms” is missing: true or false");
        }
        return FindingAnswer.of(discussion.vote(
                signedIn.requireMember(), id, request.confirms(), request.reason() == null ? "" : request.reason()));
    }

    @DeleteMapping("/vote")
    FindingAnswer withdraw(@PathVariable long id) {
        return FindingAnswer.of(discussion.withdrawVote(signedIn.requireMember(), id));
    }

    private void existing(long id) {
        if (findings.find(id).isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "No such finding", "There is no finding " + id + " (any more).");
        }
    }
}
