export type ProbeProtocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP';

export interface ProbeRequest {
  /** Network namespace of the client. */
  readonly namespace: string;
  /** Address of the client, or undefined: the kernel chooses. */
  readonly source: string | undefined;
  readonly target: string;
  readonly protocol: ProbeProtocol;
  /** Ignored for ICMP. */
  readonly port: number;
  /** What a UDP probe says: the other end must answer it. Default "?" and a line feed. */
  readonly datagram?: string;
}
