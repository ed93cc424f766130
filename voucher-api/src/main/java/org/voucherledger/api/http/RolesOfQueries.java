package org.voucherledger.api.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Role;

/** Writes into the interface's document which roles may ask what, those that the method itself admits, and for whom. */
@Component
class RolesOfQueries implements OperationCustomizer {

    private static final Pattern ROLE = Pattern.compile("'([A-Z]+)'");

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        PreAuthorize admitted = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), PreAuthorize.class);
        List<String> roles = admitted == null
                ? Stream.of(Role.values()).map(Enum::name).toList()
                : ROLE.matcher(admitted.value())
                        .results()
                        .map(MatchResult::group)
                        .map(quoted -> quoted.substring(1, quoted.length() - 1))
                        .toList();
        operation.addExtension("x-roles", roles);
        if (Stream.of(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == Reader.class)) {
            operation.addParametersItem(new HeaderParameter()
                    .name(ActorAuthentication.ON_BEHALF_OF)
                    .description("The party for which is asked, where the token does not name one")
                    .schema(new StringSchema()));
        }
        String description = operation.getDescription() == null ? "" : operation.getDescription() + " ";
        operation.setDescription(description + "Roles: " + String.join(", ", roles) + ".");
        return operation;
    }
}
