import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace weir. */
export namespace weir {

    /** Namespace bundle. */
    namespace bundle {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a SyncRequest.
             * @deprecated Use weir.bundle.v1.SyncRequest.$Properties instead.
             */
            interface ISyncRequest extends weir.bundle.v1.SyncRequest.$Properties {
            }

            /** Represents a SyncRequest. */
            class SyncRequest {

                /**
                 * Constructs a new SyncRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.SyncRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SyncRequest hello. */
                hello?: (weir.bundle.v1.Hello.$Properties|null);

                /** SyncRequest addresses. */
                addresses?: (weir.bundle.v1.Addresses.$Properties|null);

                /** SyncRequest claim. */
                claim?: (weir.bundle.v1.Claim.$Properties|null);

                /** SyncRequest applied. */
                applied?: (weir.bundle.v1.Applied.$Properties|null);

                /** SyncRequest snapshotRequest. */
                snapshotRequest?: (weir.bundle.v1.SnapshotRequest.$Properties|null);

                /** SyncRequest counted. */
                counted?: (weir.bundle.v1.Counted.$Properties|null);

                /** SyncRequest message. */
                message?: ("hello"|"addresses"|"claim"|"applied"|"snapshotRequest"|"counted");

                /**
                 * Creates a new SyncRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SyncRequest instance
                 */
                static create(properties: weir.bundle.v1.SyncRequest.$Shape): weir.bundle.v1.SyncRequest & weir.bundle.v1.SyncRequest.$Shape;
                static create(properties?: weir.bundle.v1.SyncRequest.$Properties): weir.bundle.v1.SyncRequest;

                /**
                 * Encodes the specified SyncRequest message. Does not implicitly {@link weir.bundle.v1.SyncRequest.verify|verify} messages.
                 * @param message SyncRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.SyncRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SyncRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SyncRequest & weir.bundle.v1.SyncRequest.$Shape} SyncRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.SyncRequest & weir.bundle.v1.SyncRequest.$Shape;

                /**
                 * Creates a SyncRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SyncRequest
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.SyncRequest;

                /**
                 * Creates a plain object from a SyncRequest message. Also converts values to other types if specified.
                 * @param message SyncRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.SyncRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SyncRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SyncRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SyncRequest {

                /** Properties of a SyncRequest. */
                interface $Properties {

                    /** SyncRequest hello */
                    hello?: (weir.bundle.v1.Hello.$Properties|null);

                    /** SyncRequest addresses */
                    addresses?: (weir.bundle.v1.Addresses.$Properties|null);

                    /** SyncRequest claim */
                    claim?: (weir.bundle.v1.Claim.$Properties|null);

                    /** SyncRequest applied */
                    applied?: (weir.bundle.v1.Applied.$Properties|null);

                    /** SyncRequest snapshotRequest */
                    snapshotRequest?: (weir.bundle.v1.SnapshotRequest.$Properties|null);

                    /** SyncRequest counted */
                    counted?: (weir.bundle.v1.Counted.$Properties|null);

                    /** SyncRequest message */
                    message?: ("hello"|"addresses"|"claim"|"applied"|"snapshotRequest"|"counted");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a SyncRequest. */
                type $Shape = {
                  hello?: weir.bundle.v1.Hello.$Shape|null;
                  addresses?: weir.bundle.v1.Addresses.$Shape|null;
                  claim?: weir.bundle.v1.Claim.$Shape|null;
                  applied?: weir.bundle.v1.Applied.$Shape|null;
                  snapshotRequest?: weir.bundle.v1.SnapshotRequest.$Shape|null;
                  counted?: weir.bundle.v1.Counted.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "hello"; hello: weir.bundle.v1.Hello.$Shape; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "addresses"; hello?: null; addresses: weir.bundle.v1.Addresses.$Shape; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "claim"; hello?: null; addresses?: null; claim: weir.bundle.v1.Claim.$Shape; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "applied"; hello?: null; addresses?: null; claim?: null; applied: weir.bundle.v1.Applied.$Shape; snapshotRequest?: null; counted?: null }|{ message?: "snapshotRequest"; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest: weir.bundle.v1.SnapshotRequest.$Shape; counted?: null }|{ message?: "counted"; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted: weir.bundle.v1.Counted.$Shape })
                );
            }

            /**
             * Properties of a Hello.
             * @deprecated Use weir.bundle.v1.Hello.$Properties instead.
             */
            interface IHello extends weir.bundle.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello node. */
                node: string;

                /** Hello revision. */
                revision: number;

                /** Hello digest. */
                digest: Uint8Array;

                /** Hello capabilities. */
                capabilities: string[];

                /** Hello addresses. */
                addresses: Uint8Array[];

                /** Hello version. */
                version: string;

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Hello instance
                 */
                static create(properties: weir.bundle.v1.Hello.$Shape): weir.bundle.v1.Hello & weir.bundle.v1.Hello.$Shape;
                static create(properties?: weir.bundle.v1.Hello.$Properties): weir.bundle.v1.Hello;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link weir.bundle.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Hello & weir.bundle.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Hello & weir.bundle.v1.Hello.$Shape;

                /**
                 * Creates a Hello message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Hello
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Hello;

                /**
                 * Creates a plain object from a Hello message. Also converts values to other types if specified.
                 * @param message Hello
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Hello, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Hello to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Hello
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello node */
                    node?: (string|null);

                    /** Hello revision */
                    revision?: (number|null);

                    /** Hello digest */
                    digest?: (Uint8Array|null);

                    /** Hello capabilities */
                    capabilities?: (string[]|null);

                    /** Hello addresses */
                    addresses?: (Uint8Array[]|null);

                    /** Hello version */
                    version?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = weir.bundle.v1.Hello.$Properties;
            }

            /**
             * Properties of an Addresses.
             * @deprecated Use weir.bundle.v1.Addresses.$Properties instead.
             */
            interface IAddresses extends weir.bundle.v1.Addresses.$Properties {
            }

            /** Represents an Addresses. */
            class Addresses {

                /**
                 * Constructs a new Addresses.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Addresses.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Addresses addresses. */
                addresses: Uint8Array[];

                /**
                 * Creates a new Addresses instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Addresses instance
                 */
                static create(properties: weir.bundle.v1.Addresses.$Shape): weir.bundle.v1.Addresses & weir.bundle.v1.Addresses.$Shape;
                static create(properties?: weir.bundle.v1.Addresses.$Properties): weir.bundle.v1.Addresses;

                /**
                 * Encodes the specified Addresses message. Does not implicitly {@link weir.bundle.v1.Addresses.verify|verify} messages.
                 * @param message Addresses message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Addresses.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Addresses message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Addresses & weir.bundle.v1.Addresses.$Shape} Addresses
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Addresses & weir.bundle.v1.Addresses.$Shape;

                /**
                 * Creates an Addresses message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Addresses
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Addresses;

                /**
                 * Creates a plain object from an Addresses message. Also converts values to other types if specified.
                 * @param message Addresses
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Addresses, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Addresses to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Addresses
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Addresses {

                /** Properties of an Addresses. */
                interface $Properties {

                    /** Addresses addresses */
                    addresses?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Addresses. */
                type $Shape = weir.bundle.v1.Addresses.$Properties;
            }

            /**
             * Properties of a Claim.
             * @deprecated Use weir.bundle.v1.Claim.$Properties instead.
             */
            interface IClaim extends weir.bundle.v1.Claim.$Properties {
            }

            /** Represents a Claim. */
            class Claim {

                /**
                 * Constructs a new Claim.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Claim.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Claim uid. */
                uid: string;

                /** Claim addresses. */
                addresses: Uint8Array[];

                /** Claim interface. */
                interface: string;

                /**
                 * Creates a new Claim instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Claim instance
                 */
                static create(properties: weir.bundle.v1.Claim.$Shape): weir.bundle.v1.Claim & weir.bundle.v1.Claim.$Shape;
                static create(properties?: weir.bundle.v1.Claim.$Properties): weir.bundle.v1.Claim;

                /**
                 * Encodes the specified Claim message. Does not implicitly {@link weir.bundle.v1.Claim.verify|verify} messages.
                 * @param message Claim message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Claim.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Claim message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Claim & weir.bundle.v1.Claim.$Shape} Claim
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Claim & weir.bundle.v1.Claim.$Shape;

                /**
                 * Creates a Claim message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Claim
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Claim;

                /**
                 * Creates a plain object from a Claim message. Also converts values to other types if specified.
                 * @param message Claim
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Claim, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Claim to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Claim
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Claim {

                /** Properties of a Claim. */
                interface $Properties {

                    /** Claim uid */
                    uid?: (string|null);

                    /** Claim addresses */
                    addresses?: (Uint8Array[]|null);

                    /** Claim interface */
                    "interface"?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Claim. */
                type $Shape = weir.bundle.v1.Claim.$Properties;
            }

            /**
             * Properties of an Applied.
             * @deprecated Use weir.bundle.v1.Applied.$Properties instead.
             */
            interface IApplied extends weir.bundle.v1.Applied.$Properties {
            }

            /** Represents an Applied. */
            class Applied {

                /**
                 * Constructs a new Applied.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Applied.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Applied revision. */
                revision: number;

                /** Applied digest. */
                digest: Uint8Array;

                /** Applied durationNs. */
                durationNs: number;

                /** Applied counts. */
                counts?: (weir.bundle.v1.Counts.$Properties|null);

                /** Applied error. */
                error: string;

                /** Applied uncovered. */
                uncovered: string[];

                /** Applied attaching. */
                attaching: string[];

                /**
                 * Creates a new Applied instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Applied instance
                 */
                static create(properties: weir.bundle.v1.Applied.$Shape): weir.bundle.v1.Applied & weir.bundle.v1.Applied.$Shape;
                static create(properties?: weir.bundle.v1.Applied.$Properties): weir.bundle.v1.Applied;

                /**
                 * Encodes the specified Applied message. Does not implicitly {@link weir.bundle.v1.Applied.verify|verify} messages.
                 * @param message Applied message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Applied.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Applied message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Applied & weir.bundle.v1.Applied.$Shape} Applied
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Applied & weir.bundle.v1.Applied.$Shape;

                /**
                 * Creates an Applied message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Applied
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Applied;

                /**
                 * Creates a plain object from an Applied message. Also converts values to other types if specified.
                 * @param message Applied
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Applied, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Applied to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Applied
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Applied {

                /** Properties of an Applied. */
                interface $Properties {

                    /** Applied revision */
                    revision?: (number|null);

                    /** Applied digest */
                    digest?: (Uint8Array|null);

                    /** Applied durationNs */
                    durationNs?: (number|null);

                    /** Applied counts */
                    counts?: (weir.bundle.v1.Counts.$Properties|null);

                    /** Applied error */
                    error?: (string|null);

                    /** Applied uncovered */
                    uncovered?: (string[]|null);

                    /** Applied attaching */
                    attaching?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Applied. */
                type $Shape = weir.bundle.v1.Applied.$Properties;
            }

            /**
             * Properties of a Counts.
             * @deprecated Use weir.bundle.v1.Counts.$Properties instead.
             */
            interface ICounts extends weir.bundle.v1.Counts.$Properties {
            }

            /** Represents a Counts. */
            class Counts {

                /**
                 * Constructs a new Counts.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Counts.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Counts endpoints. */
                endpoints: number;

                /** Counts tables. */
                tables: number;

                /** Counts prefixes. */
                prefixes: number;

                /** Counts uncovered. */
                uncovered: number;

                /**
                 * Creates a new Counts instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Counts instance
                 */
                static create(properties: weir.bundle.v1.Counts.$Shape): weir.bundle.v1.Counts & weir.bundle.v1.Counts.$Shape;
                static create(properties?: weir.bundle.v1.Counts.$Properties): weir.bundle.v1.Counts;

                /**
                 * Encodes the specified Counts message. Does not implicitly {@link weir.bundle.v1.Counts.verify|verify} messages.
                 * @param message Counts message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Counts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Counts message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Counts & weir.bundle.v1.Counts.$Shape} Counts
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Counts & weir.bundle.v1.Counts.$Shape;

                /**
                 * Creates a Counts message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Counts
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Counts;

                /**
                 * Creates a plain object from a Counts message. Also converts values to other types if specified.
                 * @param message Counts
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Counts, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Counts to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Counts
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Counts {

                /** Properties of a Counts. */
                interface $Properties {

                    /** Counts endpoints */
                    endpoints?: (number|null);

                    /** Counts tables */
                    tables?: (number|null);

                    /** Counts prefixes */
                    prefixes?: (number|null);

                    /** Counts uncovered */
                    uncovered?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Counts. */
                type $Shape = weir.bundle.v1.Counts.$Properties;
            }

            /**
             * Properties of a Counted.
             * @deprecated Use weir.bundle.v1.Counted.$Properties instead.
             */
            interface ICounted extends weir.bundle.v1.Counted.$Properties {
            }

            /** Represents a Counted. */
            class Counted {

                /**
                 * Constructs a new Counted.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Counted.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Counted denied. */
                denied: number;

                /** Counted observedDenials. */
                observedDenials: number;

                /** Counted untold. */
                untold: number;

                /**
                 * Creates a new Counted instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Counted instance
                 */
                static create(properties: weir.bundle.v1.Counted.$Shape): weir.bundle.v1.Counted & weir.bundle.v1.Counted.$Shape;
                static create(properties?: weir.bundle.v1.Counted.$Properties): weir.bundle.v1.Counted;

                /**
                 * Encodes the specified Counted message. Does not implicitly {@link weir.bundle.v1.Counted.verify|verify} messages.
                 * @param message Counted message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Counted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Counted message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Counted & weir.bundle.v1.Counted.$Shape} Counted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Counted & weir.bundle.v1.Counted.$Shape;

                /**
                 * Creates a Counted message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Counted
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Counted;

                /**
                 * Creates a plain object from a Counted message. Also converts values to other types if specified.
                 * @param message Counted
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Counted, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Counted to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Counted
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Counted {

                /** Properties of a Counted. */
                interface $Properties {

                    /** Counted denied */
                    denied?: (number|null);

                    /** Counted observedDenials */
                    observedDenials?: (number|null);

                    /** Counted untold */
                    untold?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Counted. */
                type $Shape = weir.bundle.v1.Counted.$Properties;
            }

            /**
             * Properties of a SnapshotRequest.
             * @deprecated Use weir.bundle.v1.SnapshotRequest.$Properties instead.
             */
            interface ISnapshotRequest extends weir.bundle.v1.SnapshotRequest.$Properties {
            }

            /** Represents a SnapshotRequest. */
            class SnapshotRequest {

                /**
                 * Constructs a new SnapshotRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.SnapshotRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SnapshotRequest reason. */
                reason: string;

                /**
                 * Creates a new SnapshotRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SnapshotRequest instance
                 */
                static create(properties: weir.bundle.v1.SnapshotRequest.$Shape): weir.bundle.v1.SnapshotRequest & weir.bundle.v1.SnapshotRequest.$Shape;
                static create(properties?: weir.bundle.v1.SnapshotRequest.$Properties): weir.bundle.v1.SnapshotRequest;

                /**
                 * Encodes the specified SnapshotRequest message. Does not implicitly {@link weir.bundle.v1.SnapshotRequest.verify|verify} messages.
                 * @param message SnapshotRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.SnapshotRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SnapshotRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SnapshotRequest & weir.bundle.v1.SnapshotRequest.$Shape} SnapshotRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.SnapshotRequest & weir.bundle.v1.SnapshotRequest.$Shape;

                /**
                 * Creates a SnapshotRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SnapshotRequest
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.SnapshotRequest;

                /**
                 * Creates a plain object from a SnapshotRequest message. Also converts values to other types if specified.
                 * @param message SnapshotRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.SnapshotRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SnapshotRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SnapshotRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SnapshotRequest {

                /** Properties of a SnapshotRequest. */
                interface $Properties {

                    /** SnapshotRequest reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SnapshotRequest. */
                type $Shape = weir.bundle.v1.SnapshotRequest.$Properties;
            }

            /**
             * Properties of a SyncResponse.
             * @deprecated Use weir.bundle.v1.SyncResponse.$Properties instead.
             */
            interface ISyncResponse extends weir.bundle.v1.SyncResponse.$Properties {
            }

            /** Represents a SyncResponse. */
            class SyncResponse {

                /**
                 * Constructs a new SyncResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.SyncResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SyncResponse snapshot. */
                snapshot?: (weir.bundle.v1.Snapshot.$Properties|null);

                /** SyncResponse delta. */
                delta?: (weir.bundle.v1.Delta.$Properties|null);

                /** SyncResponse message. */
                message?: ("snapshot"|"delta");

                /**
                 * Creates a new SyncResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SyncResponse instance
                 */
                static create(properties: weir.bundle.v1.SyncResponse.$Shape): weir.bundle.v1.SyncResponse & weir.bundle.v1.SyncResponse.$Shape;
                static create(properties?: weir.bundle.v1.SyncResponse.$Properties): weir.bundle.v1.SyncResponse;

                /**
                 * Encodes the specified SyncResponse message. Does not implicitly {@link weir.bundle.v1.SyncResponse.verify|verify} messages.
                 * @param message SyncResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.SyncResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SyncResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SyncResponse & weir.bundle.v1.SyncResponse.$Shape} SyncResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.SyncResponse & weir.bundle.v1.SyncResponse.$Shape;

                /**
                 * Creates a SyncResponse message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns SyncResponse
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.SyncResponse;

                /**
                 * Creates a plain object from a SyncResponse message. Also converts values to other types if specified.
                 * @param message SyncResponse
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.SyncResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this SyncResponse to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for SyncResponse
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace SyncResponse {

                /** Properties of a SyncResponse. */
                interface $Properties {

                    /** SyncResponse snapshot */
                    snapshot?: (weir.bundle.v1.Snapshot.$Properties|null);

                    /** SyncResponse delta */
                    delta?: (weir.bundle.v1.Delta.$Properties|null);

                    /** SyncResponse message */
                    message?: ("snapshot"|"delta");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a SyncResponse. */
                type $Shape = {
                  snapshot?: weir.bundle.v1.Snapshot.$Shape|null;
                  delta?: weir.bundle.v1.Delta.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; snapshot?: null; delta?: null }|{ message?: "snapshot"; snapshot: weir.bundle.v1.Snapshot.$Shape; delta?: null }|{ message?: "delta"; snapshot?: null; delta: weir.bundle.v1.Delta.$Shape })
                );
            }

            /**
             * Properties of a Snapshot.
             * @deprecated Use weir.bundle.v1.Snapshot.$Properties instead.
             */
            interface ISnapshot extends weir.bundle.v1.Snapshot.$Properties {
            }

            /** Represents a Snapshot. */
            class Snapshot {

                /**
                 * Constructs a new Snapshot.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Snapshot.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Snapshot revision. */
                revision: number;

                /** Snapshot digest. */
                digest: Uint8Array;

                /** Snapshot chunk. */
                chunk: number;

                /** Snapshot last. */
                last: boolean;

                /** Snapshot items. */
                items: Uint8Array;

                /**
                 * Creates a new Snapshot instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Snapshot instance
                 */
                static create(properties: weir.bundle.v1.Snapshot.$Shape): weir.bundle.v1.Snapshot & weir.bundle.v1.Snapshot.$Shape;
                static create(properties?: weir.bundle.v1.Snapshot.$Properties): weir.bundle.v1.Snapshot;

                /**
                 * Encodes the specified Snapshot message. Does not implicitly {@link weir.bundle.v1.Snapshot.verify|verify} messages.
                 * @param message Snapshot message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Snapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Snapshot message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Snapshot & weir.bundle.v1.Snapshot.$Shape} Snapshot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Snapshot & weir.bundle.v1.Snapshot.$Shape;

                /**
                 * Creates a Snapshot message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Snapshot
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Snapshot;

                /**
                 * Creates a plain object from a Snapshot message. Also converts values to other types if specified.
                 * @param message Snapshot
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Snapshot, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Snapshot to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Snapshot
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Snapshot {

                /** Properties of a Snapshot. */
                interface $Properties {

                    /** Snapshot revision */
                    revision?: (number|null);

                    /** Snapshot digest */
                    digest?: (Uint8Array|null);

                    /** Snapshot chunk */
                    chunk?: (number|null);

                    /** Snapshot last */
                    last?: (boolean|null);

                    /** Snapshot items */
                    items?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Snapshot. */
                type $Shape = weir.bundle.v1.Snapshot.$Properties;
            }

            /**
             * Properties of a Delta.
             * @deprecated Use weir.bundle.v1.Delta.$Properties instead.
             */
            interface IDelta extends weir.bundle.v1.Delta.$Properties {
            }

            /** Represents a Delta. */
            class Delta {

                /**
                 * Constructs a new Delta.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Delta.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Delta fromRevision. */
                fromRevision: number;

                /** Delta fromDigest. */
                fromDigest: Uint8Array;

                /** Delta toRevision. */
                toRevision: number;

                /** Delta toDigest. */
                toDigest: Uint8Array;

                /** Delta chunk. */
                chunk: number;

                /** Delta last. */
                last: boolean;

                /** Delta upserts. */
                upserts: Uint8Array;

                /** Delta removes. */
                removes: weir.bundle.v1.ItemRef.$Properties[];

                /**
                 * Creates a new Delta instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Delta instance
                 */
                static create(properties: weir.bundle.v1.Delta.$Shape): weir.bundle.v1.Delta & weir.bundle.v1.Delta.$Shape;
                static create(properties?: weir.bundle.v1.Delta.$Properties): weir.bundle.v1.Delta;

                /**
                 * Encodes the specified Delta message. Does not implicitly {@link weir.bundle.v1.Delta.verify|verify} messages.
                 * @param message Delta message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Delta.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Delta message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Delta & weir.bundle.v1.Delta.$Shape} Delta
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Delta & weir.bundle.v1.Delta.$Shape;

                /**
                 * Creates a Delta message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Delta
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Delta;

                /**
                 * Creates a plain object from a Delta message. Also converts values to other types if specified.
                 * @param message Delta
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Delta, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Delta to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Delta
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Delta {

                /** Properties of a Delta. */
                interface $Properties {

                    /** Delta fromRevision */
                    fromRevision?: (number|null);

                    /** Delta fromDigest */
                    fromDigest?: (Uint8Array|null);

                    /** Delta toRevision */
                    toRevision?: (number|null);

                    /** Delta toDigest */
                    toDigest?: (Uint8Array|null);

                    /** Delta chunk */
                    chunk?: (number|null);

                    /** Delta last */
                    last?: (boolean|null);

                    /** Delta upserts */
                    upserts?: (Uint8Array|null);

                    /** Delta removes */
                    removes?: (weir.bundle.v1.ItemRef.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Delta. */
                type $Shape = weir.bundle.v1.Delta.$Properties;
            }

            /**
             * Properties of an ItemRef.
             * @deprecated Use weir.bundle.v1.ItemRef.$Properties instead.
             */
            interface IItemRef extends weir.bundle.v1.ItemRef.$Properties {
            }

            /** Represents an ItemRef. */
            class ItemRef {

                /**
                 * Constructs a new ItemRef.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.ItemRef.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ItemRef kind. */
                kind: number;

                /** ItemRef key. */
                key: Uint8Array;

                /**
                 * Creates a new ItemRef instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ItemRef instance
                 */
                static create(properties: weir.bundle.v1.ItemRef.$Shape): weir.bundle.v1.ItemRef & weir.bundle.v1.ItemRef.$Shape;
                static create(properties?: weir.bundle.v1.ItemRef.$Properties): weir.bundle.v1.ItemRef;

                /**
                 * Encodes the specified ItemRef message. Does not implicitly {@link weir.bundle.v1.ItemRef.verify|verify} messages.
                 * @param message ItemRef message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.ItemRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ItemRef message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.ItemRef & weir.bundle.v1.ItemRef.$Shape} ItemRef
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.ItemRef & weir.bundle.v1.ItemRef.$Shape;

                /**
                 * Creates an ItemRef message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ItemRef
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.ItemRef;

                /**
                 * Creates a plain object from an ItemRef message. Also converts values to other types if specified.
                 * @param message ItemRef
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.ItemRef, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ItemRef to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ItemRef
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ItemRef {

                /** Properties of an ItemRef. */
                interface $Properties {

                    /** ItemRef kind */
                    kind?: (number|null);

                    /** ItemRef key */
                    key?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ItemRef. */
                type $Shape = weir.bundle.v1.ItemRef.$Properties;
            }

            /**
             * Properties of an Items.
             * @deprecated Use weir.bundle.v1.Items.$Properties instead.
             */
            interface IItems extends weir.bundle.v1.Items.$Properties {
            }

            /** Represents an Items. */
            class Items {

                /**
                 * Constructs a new Items.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Items.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Items endpoints. */
                endpoints: weir.bundle.v1.Endpoint.$Properties[];

                /** Items identities. */
                identities: weir.bundle.v1.Identity.$Properties[];

                /** Items prefixes. */
                prefixes: weir.bundle.v1.Prefix.$Properties[];

                /** Items selectors. */
                selectors: weir.bundle.v1.Selector.$Properties[];

                /** Items memberships. */
                memberships: weir.bundle.v1.Membership.$Properties[];

                /** Items tables. */
                tables: weir.bundle.v1.Table.$Properties[];

                /** Items services. */
                services: weir.bundle.v1.Service.$Properties[];

                /** Items modes. */
                modes: weir.bundle.v1.Mode.$Properties[];

                /**
                 * Creates a new Items instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Items instance
                 */
                static create(properties: weir.bundle.v1.Items.$Shape): weir.bundle.v1.Items & weir.bundle.v1.Items.$Shape;
                static create(properties?: weir.bundle.v1.Items.$Properties): weir.bundle.v1.Items;

                /**
                 * Encodes the specified Items message. Does not implicitly {@link weir.bundle.v1.Items.verify|verify} messages.
                 * @param message Items message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Items.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Items message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Items & weir.bundle.v1.Items.$Shape} Items
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Items & weir.bundle.v1.Items.$Shape;

                /**
                 * Creates an Items message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Items
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Items;

                /**
                 * Creates a plain object from an Items message. Also converts values to other types if specified.
                 * @param message Items
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Items, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Items to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Items
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Items {

                /** Properties of an Items. */
                interface $Properties {

                    /** Items endpoints */
                    endpoints?: (weir.bundle.v1.Endpoint.$Properties[]|null);

                    /** Items identities */
                    identities?: (weir.bundle.v1.Identity.$Properties[]|null);

                    /** Items prefixes */
                    prefixes?: (weir.bundle.v1.Prefix.$Properties[]|null);

                    /** Items selectors */
                    selectors?: (weir.bundle.v1.Selector.$Properties[]|null);

                    /** Items memberships */
                    memberships?: (weir.bundle.v1.Membership.$Properties[]|null);

                    /** Items tables */
                    tables?: (weir.bundle.v1.Table.$Properties[]|null);

                    /** Items services */
                    services?: (weir.bundle.v1.Service.$Properties[]|null);

                    /** Items modes */
                    modes?: (weir.bundle.v1.Mode.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Items. */
                type $Shape = weir.bundle.v1.Items.$Properties;
            }

            /**
             * Properties of an Endpoint.
             * @deprecated Use weir.bundle.v1.Endpoint.$Properties instead.
             */
            interface IEndpoint extends weir.bundle.v1.Endpoint.$Properties {
            }

            /** Represents an Endpoint. */
            class Endpoint {

                /**
                 * Constructs a new Endpoint.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Endpoint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Endpoint uid. */
                uid: string;

                /** Endpoint namespace. */
                namespace: string;

                /** Endpoint name. */
                name: string;

                /** Endpoint addresses. */
                addresses: Uint8Array[];

                /** Endpoint identity. */
                identity: Uint8Array;

                /** Endpoint ingressTable. */
                ingressTable: Uint8Array;

                /** Endpoint egressTable. */
                egressTable: Uint8Array;

                /**
                 * Creates a new Endpoint instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Endpoint instance
                 */
                static create(properties: weir.bundle.v1.Endpoint.$Shape): weir.bundle.v1.Endpoint & weir.bundle.v1.Endpoint.$Shape;
                static create(properties?: weir.bundle.v1.Endpoint.$Properties): weir.bundle.v1.Endpoint;

                /**
                 * Encodes the specified Endpoint message. Does not implicitly {@link weir.bundle.v1.Endpoint.verify|verify} messages.
                 * @param message Endpoint message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Endpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Endpoint message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Endpoint & weir.bundle.v1.Endpoint.$Shape} Endpoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Endpoint & weir.bundle.v1.Endpoint.$Shape;

                /**
                 * Creates an Endpoint message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Endpoint
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Endpoint;

                /**
                 * Creates a plain object from an Endpoint message. Also converts values to other types if specified.
                 * @param message Endpoint
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Endpoint, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Endpoint to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Endpoint
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Endpoint {

                /** Properties of an Endpoint. */
                interface $Properties {

                    /** Endpoint uid */
                    uid?: (string|null);

                    /** Endpoint namespace */
                    namespace?: (string|null);

                    /** Endpoint name */
                    name?: (string|null);

                    /** Endpoint addresses */
                    addresses?: (Uint8Array[]|null);

                    /** Endpoint identity */
                    identity?: (Uint8Array|null);

                    /** Endpoint ingressTable */
                    ingressTable?: (Uint8Array|null);

                    /** Endpoint egressTable */
                    egressTable?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Endpoint. */
                type $Shape = weir.bundle.v1.Endpoint.$Properties;
            }

            /**
             * Properties of an Identity.
             * @deprecated Use weir.bundle.v1.Identity.$Properties instead.
             */
            interface IIdentity extends weir.bundle.v1.Identity.$Properties {
            }

            /** Represents an Identity. */
            class Identity {

                /**
                 * Constructs a new Identity.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Identity.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Identity key. */
                key: Uint8Array;

                /** Identity number. */
                number: number;

                /** Identity entity. */
                entity: weir.bundle.v1.Entity;

                /** Identity labels. */
                labels: string[];

                /**
                 * Creates a new Identity instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Identity instance
                 */
                static create(properties: weir.bundle.v1.Identity.$Shape): weir.bundle.v1.Identity & weir.bundle.v1.Identity.$Shape;
                static create(properties?: weir.bundle.v1.Identity.$Properties): weir.bundle.v1.Identity;

                /**
                 * Encodes the specified Identity message. Does not implicitly {@link weir.bundle.v1.Identity.verify|verify} messages.
                 * @param message Identity message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Identity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Identity message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Identity & weir.bundle.v1.Identity.$Shape} Identity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Identity & weir.bundle.v1.Identity.$Shape;

                /**
                 * Creates an Identity message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Identity
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Identity;

                /**
                 * Creates a plain object from an Identity message. Also converts values to other types if specified.
                 * @param message Identity
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Identity, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Identity to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Identity
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Identity {

                /** Properties of an Identity. */
                interface $Properties {

                    /** Identity key */
                    key?: (Uint8Array|null);

                    /** Identity number */
                    number?: (number|null);

                    /** Identity entity */
                    entity?: (weir.bundle.v1.Entity|null);

                    /** Identity labels */
                    labels?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Identity. */
                type $Shape = weir.bundle.v1.Identity.$Properties;
            }

            /** Entity enum. */
            enum Entity {

                /** ENTITY_UNSPECIFIED value */
                ENTITY_UNSPECIFIED = 0,

                /** ENTITY_POD value */
                ENTITY_POD = 1,

                /** ENTITY_HOST value */
                ENTITY_HOST = 2,

                /** ENTITY_REMOTE_NODE value */
                ENTITY_REMOTE_NODE = 3,

                /** ENTITY_KUBE_APISERVER value */
                ENTITY_KUBE_APISERVER = 4,

                /** ENTITY_HEALTH value */
                ENTITY_HEALTH = 5,

                /** ENTITY_INIT value */
                ENTITY_INIT = 6,

                /** ENTITY_UNMANAGED value */
                ENTITY_UNMANAGED = 7,

                /** ENTITY_INGRESS value */
                ENTITY_INGRESS = 8
            }

            /**
             * Properties of a Prefix.
             * @deprecated Use weir.bundle.v1.Prefix.$Properties instead.
             */
            interface IPrefix extends weir.bundle.v1.Prefix.$Properties {
            }

            /** Represents a Prefix. */
            class Prefix {

                /**
                 * Constructs a new Prefix.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Prefix.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Prefix address. */
                address: Uint8Array;

                /** Prefix length. */
                length: number;

                /** Prefix identity. */
                identity: Uint8Array;

                /**
                 * Creates a new Prefix instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Prefix instance
                 */
                static create(properties: weir.bundle.v1.Prefix.$Shape): weir.bundle.v1.Prefix & weir.bundle.v1.Prefix.$Shape;
                static create(properties?: weir.bundle.v1.Prefix.$Properties): weir.bundle.v1.Prefix;

                /**
                 * Encodes the specified Prefix message. Does not implicitly {@link weir.bundle.v1.Prefix.verify|verify} messages.
                 * @param message Prefix message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Prefix.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Prefix message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Prefix & weir.bundle.v1.Prefix.$Shape} Prefix
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Prefix & weir.bundle.v1.Prefix.$Shape;

                /**
                 * Creates a Prefix message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Prefix
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Prefix;

                /**
                 * Creates a plain object from a Prefix message. Also converts values to other types if specified.
                 * @param message Prefix
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Prefix, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Prefix to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Prefix
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Prefix {

                /** Properties of a Prefix. */
                interface $Properties {

                    /** Prefix address */
                    address?: (Uint8Array|null);

                    /** Prefix length */
                    length?: (number|null);

                    /** Prefix identity */
                    identity?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Prefix. */
                type $Shape = weir.bundle.v1.Prefix.$Properties;
            }

            /**
             * Properties of a Selector.
             * @deprecated Use weir.bundle.v1.Selector.$Properties instead.
             */
            interface ISelector extends weir.bundle.v1.Selector.$Properties {
            }

            /** Represents a Selector. */
            class Selector {

                /**
                 * Constructs a new Selector.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Selector.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Selector key. */
                key: Uint8Array;

                /** Selector any. */
                any: boolean;

                /** Selector world. */
                world: boolean;

                /** Selector blocks. */
                blocks: weir.bundle.v1.Block.$Properties[];

                /** Selector blocksMatchPods. */
                blocksMatchPods: boolean;

                /** Selector blocksMatchNodes. */
                blocksMatchNodes: boolean;

                /** Selector text. */
                text: string;

                /**
                 * Creates a new Selector instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Selector instance
                 */
                static create(properties: weir.bundle.v1.Selector.$Shape): weir.bundle.v1.Selector & weir.bundle.v1.Selector.$Shape;
                static create(properties?: weir.bundle.v1.Selector.$Properties): weir.bundle.v1.Selector;

                /**
                 * Encodes the specified Selector message. Does not implicitly {@link weir.bundle.v1.Selector.verify|verify} messages.
                 * @param message Selector message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Selector.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Selector message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Selector & weir.bundle.v1.Selector.$Shape} Selector
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Selector & weir.bundle.v1.Selector.$Shape;

                /**
                 * Creates a Selector message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Selector
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Selector;

                /**
                 * Creates a plain object from a Selector message. Also converts values to other types if specified.
                 * @param message Selector
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Selector, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Selector to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Selector
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Selector {

                /** Properties of a Selector. */
                interface $Properties {

                    /** Selector key */
                    key?: (Uint8Array|null);

                    /** Selector any */
                    any?: (boolean|null);

                    /** Selector world */
                    world?: (boolean|null);

                    /** Selector blocks */
                    blocks?: (weir.bundle.v1.Block.$Properties[]|null);

                    /** Selector blocksMatchPods */
                    blocksMatchPods?: (boolean|null);

                    /** Selector blocksMatchNodes */
                    blocksMatchNodes?: (boolean|null);

                    /** Selector text */
                    text?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Selector. */
                type $Shape = weir.bundle.v1.Selector.$Properties;
            }

            /**
             * Properties of a Block.
             * @deprecated Use weir.bundle.v1.Block.$Properties instead.
             */
            interface IBlock extends weir.bundle.v1.Block.$Properties {
            }

            /** Represents a Block. */
            class Block {

                /**
                 * Constructs a new Block.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Block.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Block address. */
                address: Uint8Array;

                /** Block length. */
                length: number;

                /** Block excepts. */
                excepts: weir.bundle.v1.Except.$Properties[];

                /**
                 * Creates a new Block instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Block instance
                 */
                static create(properties: weir.bundle.v1.Block.$Shape): weir.bundle.v1.Block & weir.bundle.v1.Block.$Shape;
                static create(properties?: weir.bundle.v1.Block.$Properties): weir.bundle.v1.Block;

                /**
                 * Encodes the specified Block message. Does not implicitly {@link weir.bundle.v1.Block.verify|verify} messages.
                 * @param message Block message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Block.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Block message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Block & weir.bundle.v1.Block.$Shape} Block
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Block & weir.bundle.v1.Block.$Shape;

                /**
                 * Creates a Block message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Block
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Block;

                /**
                 * Creates a plain object from a Block message. Also converts values to other types if specified.
                 * @param message Block
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Block, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Block to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Block
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Block {

                /** Properties of a Block. */
                interface $Properties {

                    /** Block address */
                    address?: (Uint8Array|null);

                    /** Block length */
                    length?: (number|null);

                    /** Block excepts */
                    excepts?: (weir.bundle.v1.Except.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Block. */
                type $Shape = weir.bundle.v1.Block.$Properties;
            }

            /**
             * Properties of an Except.
             * @deprecated Use weir.bundle.v1.Except.$Properties instead.
             */
            interface IExcept extends weir.bundle.v1.Except.$Properties {
            }

            /** Represents an Except. */
            class Except {

                /**
                 * Constructs a new Except.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Except.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Except address. */
                address: Uint8Array;

                /** Except length. */
                length: number;

                /**
                 * Creates a new Except instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Except instance
                 */
                static create(properties: weir.bundle.v1.Except.$Shape): weir.bundle.v1.Except & weir.bundle.v1.Except.$Shape;
                static create(properties?: weir.bundle.v1.Except.$Properties): weir.bundle.v1.Except;

                /**
                 * Encodes the specified Except message. Does not implicitly {@link weir.bundle.v1.Except.verify|verify} messages.
                 * @param message Except message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Except.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Except message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Except & weir.bundle.v1.Except.$Shape} Except
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Except & weir.bundle.v1.Except.$Shape;

                /**
                 * Creates an Except message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Except
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Except;

                /**
                 * Creates a plain object from an Except message. Also converts values to other types if specified.
                 * @param message Except
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Except, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Except to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Except
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Except {

                /** Properties of an Except. */
                interface $Properties {

                    /** Except address */
                    address?: (Uint8Array|null);

                    /** Except length */
                    length?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Except. */
                type $Shape = weir.bundle.v1.Except.$Properties;
            }

            /**
             * Properties of a Membership.
             * @deprecated Use weir.bundle.v1.Membership.$Properties instead.
             */
            interface IMembership extends weir.bundle.v1.Membership.$Properties {
            }

            /** Represents a Membership. */
            class Membership {

                /**
                 * Constructs a new Membership.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Membership.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Membership selector. */
                selector: Uint8Array;

                /** Membership identity. */
                identity: Uint8Array;

                /**
                 * Creates a new Membership instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Membership instance
                 */
                static create(properties: weir.bundle.v1.Membership.$Shape): weir.bundle.v1.Membership & weir.bundle.v1.Membership.$Shape;
                static create(properties?: weir.bundle.v1.Membership.$Properties): weir.bundle.v1.Membership;

                /**
                 * Encodes the specified Membership message. Does not implicitly {@link weir.bundle.v1.Membership.verify|verify} messages.
                 * @param message Membership message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Membership.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Membership message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Membership & weir.bundle.v1.Membership.$Shape} Membership
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Membership & weir.bundle.v1.Membership.$Shape;

                /**
                 * Creates a Membership message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Membership
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Membership;

                /**
                 * Creates a plain object from a Membership message. Also converts values to other types if specified.
                 * @param message Membership
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Membership, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Membership to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Membership
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Membership {

                /** Properties of a Membership. */
                interface $Properties {

                    /** Membership selector */
                    selector?: (Uint8Array|null);

                    /** Membership identity */
                    identity?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Membership. */
                type $Shape = weir.bundle.v1.Membership.$Properties;
            }

            /**
             * Properties of a Service.
             * @deprecated Use weir.bundle.v1.Service.$Properties instead.
             */
            interface IService extends weir.bundle.v1.Service.$Properties {
            }

            /** Represents a Service. */
            class Service {

                /**
                 * Constructs a new Service.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Service.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Service key. */
                key: string;

                /** Service addresses. */
                addresses: Uint8Array[];

                /** Service ports. */
                ports: weir.bundle.v1.ServicePort.$Properties[];

                /**
                 * Creates a new Service instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Service instance
                 */
                static create(properties: weir.bundle.v1.Service.$Shape): weir.bundle.v1.Service & weir.bundle.v1.Service.$Shape;
                static create(properties?: weir.bundle.v1.Service.$Properties): weir.bundle.v1.Service;

                /**
                 * Encodes the specified Service message. Does not implicitly {@link weir.bundle.v1.Service.verify|verify} messages.
                 * @param message Service message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Service.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Service message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Service & weir.bundle.v1.Service.$Shape} Service
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Service & weir.bundle.v1.Service.$Shape;

                /**
                 * Creates a Service message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Service
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Service;

                /**
                 * Creates a plain object from a Service message. Also converts values to other types if specified.
                 * @param message Service
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Service, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Service to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Service
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Service {

                /** Properties of a Service. */
                interface $Properties {

                    /** Service key */
                    key?: (string|null);

                    /** Service addresses */
                    addresses?: (Uint8Array[]|null);

                    /** Service ports */
                    ports?: (weir.bundle.v1.ServicePort.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Service. */
                type $Shape = weir.bundle.v1.Service.$Properties;
            }

            /**
             * Properties of a ServicePort.
             * @deprecated Use weir.bundle.v1.ServicePort.$Properties instead.
             */
            interface IServicePort extends weir.bundle.v1.ServicePort.$Properties {
            }

            /** Represents a ServicePort. */
            class ServicePort {

                /**
                 * Constructs a new ServicePort.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.ServicePort.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServicePort protocol. */
                protocol: number;

                /** ServicePort port. */
                port: number;

                /** ServicePort nodePort. */
                nodePort: number;

                /** ServicePort backends. */
                backends: weir.bundle.v1.Backend.$Properties[];

                /**
                 * Creates a new ServicePort instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServicePort instance
                 */
                static create(properties: weir.bundle.v1.ServicePort.$Shape): weir.bundle.v1.ServicePort & weir.bundle.v1.ServicePort.$Shape;
                static create(properties?: weir.bundle.v1.ServicePort.$Properties): weir.bundle.v1.ServicePort;

                /**
                 * Encodes the specified ServicePort message. Does not implicitly {@link weir.bundle.v1.ServicePort.verify|verify} messages.
                 * @param message ServicePort message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.ServicePort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServicePort message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.ServicePort & weir.bundle.v1.ServicePort.$Shape} ServicePort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.ServicePort & weir.bundle.v1.ServicePort.$Shape;

                /**
                 * Creates a ServicePort message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ServicePort
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.ServicePort;

                /**
                 * Creates a plain object from a ServicePort message. Also converts values to other types if specified.
                 * @param message ServicePort
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.ServicePort, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ServicePort to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ServicePort
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ServicePort {

                /** Properties of a ServicePort. */
                interface $Properties {

                    /** ServicePort protocol */
                    protocol?: (number|null);

                    /** ServicePort port */
                    port?: (number|null);

                    /** ServicePort nodePort */
                    nodePort?: (number|null);

                    /** ServicePort backends */
                    backends?: (weir.bundle.v1.Backend.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ServicePort. */
                type $Shape = weir.bundle.v1.ServicePort.$Properties;
            }

            /**
             * Properties of a Backend.
             * @deprecated Use weir.bundle.v1.Backend.$Properties instead.
             */
            interface IBackend extends weir.bundle.v1.Backend.$Properties {
            }

            /** Represents a Backend. */
            class Backend {

                /**
                 * Constructs a new Backend.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Backend.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Backend address. */
                address: Uint8Array;

                /** Backend port. */
                port: number;

                /**
                 * Creates a new Backend instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Backend instance
                 */
                static create(properties: weir.bundle.v1.Backend.$Shape): weir.bundle.v1.Backend & weir.bundle.v1.Backend.$Shape;
                static create(properties?: weir.bundle.v1.Backend.$Properties): weir.bundle.v1.Backend;

                /**
                 * Encodes the specified Backend message. Does not implicitly {@link weir.bundle.v1.Backend.verify|verify} messages.
                 * @param message Backend message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Backend.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Backend message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Backend & weir.bundle.v1.Backend.$Shape} Backend
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Backend & weir.bundle.v1.Backend.$Shape;

                /**
                 * Creates a Backend message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Backend
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Backend;

                /**
                 * Creates a plain object from a Backend message. Also converts values to other types if specified.
                 * @param message Backend
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Backend, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Backend to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Backend
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Backend {

                /** Properties of a Backend. */
                interface $Properties {

                    /** Backend address */
                    address?: (Uint8Array|null);

                    /** Backend port */
                    port?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Backend. */
                type $Shape = weir.bundle.v1.Backend.$Properties;
            }

            /**
             * Properties of a Mode.
             * @deprecated Use weir.bundle.v1.Mode.$Properties instead.
             */
            interface IMode extends weir.bundle.v1.Mode.$Properties {
            }

            /** Represents a Mode. */
            class Mode {

                /**
                 * Constructs a new Mode.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Mode.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Mode observe. */
                observe: boolean;

                /**
                 * Creates a new Mode instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Mode instance
                 */
                static create(properties: weir.bundle.v1.Mode.$Shape): weir.bundle.v1.Mode & weir.bundle.v1.Mode.$Shape;
                static create(properties?: weir.bundle.v1.Mode.$Properties): weir.bundle.v1.Mode;

                /**
                 * Encodes the specified Mode message. Does not implicitly {@link weir.bundle.v1.Mode.verify|verify} messages.
                 * @param message Mode message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Mode.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Mode message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Mode & weir.bundle.v1.Mode.$Shape} Mode
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Mode & weir.bundle.v1.Mode.$Shape;

                /**
                 * Creates a Mode message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Mode
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Mode;

                /**
                 * Creates a plain object from a Mode message. Also converts values to other types if specified.
                 * @param message Mode
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Mode, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Mode to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Mode
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Mode {

                /** Properties of a Mode. */
                interface $Properties {

                    /** Mode observe */
                    observe?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Mode. */
                type $Shape = weir.bundle.v1.Mode.$Properties;
            }

            /**
             * Properties of a Table.
             * @deprecated Use weir.bundle.v1.Table.$Properties instead.
             */
            interface ITable extends weir.bundle.v1.Table.$Properties {
            }

            /** Represents a Table. */
            class Table {

                /**
                 * Constructs a new Table.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Table.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Table key. */
                key: Uint8Array;

                /** Table direction. */
                direction: weir.bundle.v1.Direction;

                /** Table entries. */
                entries: weir.bundle.v1.Entry.$Properties[];

                /** Table defaultOutcome. */
                defaultOutcome: number;

                /** Table outcomes. */
                outcomes: weir.bundle.v1.Outcome.$Properties[];

                /** Table selectors. */
                selectors: Uint8Array[];

                /**
                 * Creates a new Table instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Table instance
                 */
                static create(properties: weir.bundle.v1.Table.$Shape): weir.bundle.v1.Table & weir.bundle.v1.Table.$Shape;
                static create(properties?: weir.bundle.v1.Table.$Properties): weir.bundle.v1.Table;

                /**
                 * Encodes the specified Table message. Does not implicitly {@link weir.bundle.v1.Table.verify|verify} messages.
                 * @param message Table message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Table.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Table message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Table & weir.bundle.v1.Table.$Shape} Table
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Table & weir.bundle.v1.Table.$Shape;

                /**
                 * Creates a Table message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Table
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Table;

                /**
                 * Creates a plain object from a Table message. Also converts values to other types if specified.
                 * @param message Table
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Table, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Table to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Table
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Table {

                /** Properties of a Table. */
                interface $Properties {

                    /** Table key */
                    key?: (Uint8Array|null);

                    /** Table direction */
                    direction?: (weir.bundle.v1.Direction|null);

                    /** Table entries */
                    entries?: (weir.bundle.v1.Entry.$Properties[]|null);

                    /** Table defaultOutcome */
                    defaultOutcome?: (number|null);

                    /** Table outcomes */
                    outcomes?: (weir.bundle.v1.Outcome.$Properties[]|null);

                    /** Table selectors */
                    selectors?: (Uint8Array[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Table. */
                type $Shape = weir.bundle.v1.Table.$Properties;
            }

            /** Direction enum. */
            enum Direction {

                /** DIRECTION_UNSPECIFIED value */
                DIRECTION_UNSPECIFIED = 0,

                /** DIRECTION_INGRESS value */
                DIRECTION_INGRESS = 1,

                /** DIRECTION_EGRESS value */
                DIRECTION_EGRESS = 2
            }

            /**
             * Properties of an Entry.
             * @deprecated Use weir.bundle.v1.Entry.$Properties instead.
             */
            interface IEntry extends weir.bundle.v1.Entry.$Properties {
            }

            /** Represents an Entry. */
            class Entry {

                /**
                 * Constructs a new Entry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Entry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Entry selector. */
                selector: number;

                /** Entry protocol. */
                protocol: number;

                /** Entry firstPort. */
                firstPort: number;

                /** Entry lastPort. */
                lastPort: number;

                /** Entry outcome. */
                outcome: number;

                /** Entry tier. */
                tier: number;

                /**
                 * Creates a new Entry instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Entry instance
                 */
                static create(properties: weir.bundle.v1.Entry.$Shape): weir.bundle.v1.Entry & weir.bundle.v1.Entry.$Shape;
                static create(properties?: weir.bundle.v1.Entry.$Properties): weir.bundle.v1.Entry;

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link weir.bundle.v1.Entry.verify|verify} messages.
                 * @param message Entry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Entry & weir.bundle.v1.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Entry & weir.bundle.v1.Entry.$Shape;

                /**
                 * Creates an Entry message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Entry
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Entry;

                /**
                 * Creates a plain object from an Entry message. Also converts values to other types if specified.
                 * @param message Entry
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Entry, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Entry to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Entry
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Entry {

                /** Properties of an Entry. */
                interface $Properties {

                    /** Entry selector */
                    selector?: (number|null);

                    /** Entry protocol */
                    protocol?: (number|null);

                    /** Entry firstPort */
                    firstPort?: (number|null);

                    /** Entry lastPort */
                    lastPort?: (number|null);

                    /** Entry outcome */
                    outcome?: (number|null);

                    /** Entry tier */
                    tier?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Entry. */
                type $Shape = weir.bundle.v1.Entry.$Properties;
            }

            /**
             * Properties of an Outcome.
             * @deprecated Use weir.bundle.v1.Outcome.$Properties instead.
             */
            interface IOutcome extends weir.bundle.v1.Outcome.$Properties {
            }

            /** Represents an Outcome. */
            class Outcome {

                /**
                 * Constructs a new Outcome.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Outcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Outcome cookie. */
                cookie: number;

                /** Outcome verdict. */
                verdict: weir.bundle.v1.Verdict;

                /** Outcome origins. */
                origins: weir.bundle.v1.Origin.$Properties[];

                /** Outcome log. */
                log: string;

                /**
                 * Creates a new Outcome instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Outcome instance
                 */
                static create(properties: weir.bundle.v1.Outcome.$Shape): weir.bundle.v1.Outcome & weir.bundle.v1.Outcome.$Shape;
                static create(properties?: weir.bundle.v1.Outcome.$Properties): weir.bundle.v1.Outcome;

                /**
                 * Encodes the specified Outcome message. Does not implicitly {@link weir.bundle.v1.Outcome.verify|verify} messages.
                 * @param message Outcome message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Outcome message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Outcome & weir.bundle.v1.Outcome.$Shape} Outcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Outcome & weir.bundle.v1.Outcome.$Shape;

                /**
                 * Creates an Outcome message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Outcome
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Outcome;

                /**
                 * Creates a plain object from an Outcome message. Also converts values to other types if specified.
                 * @param message Outcome
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Outcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Outcome to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Outcome
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Outcome {

                /** Properties of an Outcome. */
                interface $Properties {

                    /** Outcome cookie */
                    cookie?: (number|null);

                    /** Outcome verdict */
                    verdict?: (weir.bundle.v1.Verdict|null);

                    /** Outcome origins */
                    origins?: (weir.bundle.v1.Origin.$Properties[]|null);

                    /** Outcome log */
                    log?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Outcome. */
                type $Shape = weir.bundle.v1.Outcome.$Properties;
            }

            /** Verdict enum. */
            enum Verdict {

                /** VERDICT_UNSPECIFIED value */
                VERDICT_UNSPECIFIED = 0,

                /** VERDICT_ALLOW value */
                VERDICT_ALLOW = 1,

                /** VERDICT_DENY value */
                VERDICT_DENY = 2,

                /** VERDICT_DEFAULT_DENY value */
                VERDICT_DEFAULT_DENY = 3,

                /** VERDICT_PASS value */
                VERDICT_PASS = 4
            }

            /**
             * Properties of an Origin.
             * @deprecated Use weir.bundle.v1.Origin.$Properties instead.
             */
            interface IOrigin extends weir.bundle.v1.Origin.$Properties {
            }

            /** Represents an Origin. */
            class Origin {

                /**
                 * Constructs a new Origin.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weir.bundle.v1.Origin.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Origin kind. */
                kind: string;

                /** Origin namespace. */
                namespace: string;

                /** Origin name. */
                name: string;

                /** Origin rule. */
                rule: string;

                /**
                 * Creates a new Origin instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Origin instance
                 */
                static create(properties: weir.bundle.v1.Origin.$Shape): weir.bundle.v1.Origin & weir.bundle.v1.Origin.$Shape;
                static create(properties?: weir.bundle.v1.Origin.$Properties): weir.bundle.v1.Origin;

                /**
                 * Encodes the specified Origin message. Does not implicitly {@link weir.bundle.v1.Origin.verify|verify} messages.
                 * @param message Origin message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weir.bundle.v1.Origin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Origin message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Origin & weir.bundle.v1.Origin.$Shape} Origin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weir.bundle.v1.Origin & weir.bundle.v1.Origin.$Shape;

                /**
                 * Creates an Origin message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Origin
                 */
                static fromObject(object: { [k: string]: any }): weir.bundle.v1.Origin;

                /**
                 * Creates a plain object from an Origin message. Also converts values to other types if specified.
                 * @param message Origin
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: weir.bundle.v1.Origin, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Origin to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Origin
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Origin {

                /** Properties of an Origin. */
                interface $Properties {

                    /** Origin kind */
                    kind?: (string|null);

                    /** Origin namespace */
                    namespace?: (string|null);

                    /** Origin name */
                    name?: (string|null);

                    /** Origin rule */
                    rule?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Origin. */
                type $Shape = weir.bundle.v1.Origin.$Properties;
            }
        }
    }
}
