// The baseline as cdktf's own template runs it: ts-node compiles and checks it at every synthesis.
import '../raw-mvp';
